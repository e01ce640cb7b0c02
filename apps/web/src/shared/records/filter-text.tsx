/** A filter that is typed; it takes effect when typing rests, on Enter, or when it is left. */
import { clsx } from 'clsx';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useShortcuts, type Shortcut } from '../shortcuts.js';

const REST_MS = 350;

interface FilterTextProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (next: string | undefined) => void;
  readonly placeholder?: string;
  /** The one of the page that `/` goes to. */
  readonly slash?: boolean;
  readonly className?: string;
}

export function FilterText({
  label,
  value,
  onChange,
  placeholder = label,
  slash = false,
  className = 'w-36',
}: FilterTextProps) {
  const input = useRef<HTMLInputElement>(null);
  const shortcuts = useMemo<Shortcut[]>(
    () => (slash ? [{ keys: '/', label, group: 'This page', run: () => input.current?.focus() }] : []),
    [slash, label],
  );
  useShortcuts(shortcuts);
  const [typed, setTyped] = useState(value ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [known, setKnown] = useState(value);
  // Back and Forward change what is in force; what is typed follows.
  if (known !== value) {
    setKnown(value);
    setTyped(value ?? '');
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const commit = (text: string) => {
    clearTimeout(timer.current);
    const next = text.trim() === '' ? undefined : text.trim();
    if (next !== value) onChange(next);
  };
  return (
    <input
      ref={input}
      type="search"
      aria-label={label}
      placeholder={slash ? `${placeholder}  /` : placeholder}
      value={typed}
      spellCheck={false}
      onChange={(event) => {
        const text = event.target.value;
        setTyped(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => commit(text), REST_MS);
      }}
      onBlur={() => commit(typed)}
      onKeyDown={(event) => event.key === 'Enter' && commit(typed)}
      className={clsx(
        'h-7 min-w-0 shrink rounded-control border px-2 text-12 text-text placeholder:text-faint',
        value ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface',
        className,
      )}
    />
  );
}
