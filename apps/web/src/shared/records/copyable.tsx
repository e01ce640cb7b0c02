/** An id as it is, to be read whole or taken along. */
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from '../ui/button.js';

export function CopyText({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <IconButton
      label={copied ? 'Copied' : label}
      className="!size-6"
      onClick={() => void copy(text).then(setCopied)}
    >
      {copied ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
    </IconButton>
  );
}

/** The clipboard of a page on plain http is out of reach; a selection is not. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

/** A hash or an id: cut in the middle where it is long, whole on hover and in the clipboard. */
export function Copyable({ text, label }: { readonly text: string; readonly label: string }) {
  const shown = text.length > 26 ? `${text.slice(0, 12)}…${text.slice(-8)}` : text;
  return (
    <span className="inline-flex min-w-0 items-center gap-0.5">
      <code title={text} className="truncate">
        {shown}
      </code>
      <CopyText text={text} label={`Copy ${label}`} />
    </span>
  );
}
