/** A value edited where it stands: Enter or leaving puts it into the draft, Escape takes it back. The wheel does nothing. */
import { clsx } from 'clsx';
import { useState } from 'react';

export function InlineValue({
  label,
  shown,
  parse,
  onValue,
  changed,
  readOnly,
}: {
  readonly label: string;
  readonly shown: string;
  /** null: not understood; the value stays as it was. */
  readonly parse: (text: string) => number | null;
  readonly onValue: (value: number) => void;
  /** Differs from what is published. */
  readonly changed: boolean;
  readonly readOnly: boolean;
}) {
  const [text, setText] = useState<string | null>(null);
  const wrong = text !== null && parse(text) === null;
  const commit = () => {
    const value = text === null ? null : parse(text);
    if (value !== null) onValue(value);
    setText(null);
  };
  return (
    <input
      type="text"
      aria-label={label}
      aria-invalid={wrong || undefined}
      readOnly={readOnly}
      value={text ?? shown}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !wrong) commit();
        if (event.key === 'Escape') setText(null);
      }}
      className={clsx(
        'h-7 w-20 rounded-control border bg-surface px-2 text-right text-13 read-only:border-transparent aria-invalid:border-crit',
        changed ? 'border-accent ring-1 ring-accent' : 'border-line',
      )}
    />
  );
}
