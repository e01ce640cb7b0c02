/** A filter over a list, reached with `/` from anywhere on the page. */
import { Search } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { useShortcuts, type Shortcut } from '../shortcuts.js';

export function FilterInput({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const shortcuts = useMemo<Shortcut[]>(
    () => [{ keys: '/', label, group: 'This page', run: () => input.current?.focus() }],
    [label],
  );
  useShortcuts(shortcuts);
  return (
    <label className="flex h-7 w-60 items-center gap-2 rounded-control border border-line-strong bg-surface px-2 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus">
      <Search size={14} aria-hidden className="shrink-0 text-faint" />
      <span className="sr-only">{label}</span>
      <input
        ref={input}
        type="search"
        value={value}
        placeholder={`${label}  /`}
        className="min-w-0 flex-1 bg-transparent text-13 outline-none placeholder:text-faint"
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
