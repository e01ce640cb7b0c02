/** The filters above a list, and the way to have none. */
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.js';

interface FilterBarProps {
  readonly label: string;
  /** Something is filtered, also by what has no control here. */
  readonly filtered: boolean;
  readonly onClear: () => void;
  readonly children: ReactNode;
}

export function FilterBar({ label, filtered, onClear, children }: FilterBarProps) {
  return (
    <search aria-label={label} className="flex flex-wrap items-center gap-2">
      {children}
      {filtered && (
        <Button size="sm" kind="ghost" icon={<X size={13} aria-hidden />} onClick={onClear}>
          Clear filters
        </Button>
      )}
    </search>
  );
}

interface FilterChipProps {
  readonly children: ReactNode;
  readonly onRemove: () => void;
}

/** A filter that came from elsewhere: it can only be taken off. */
export function FilterChip({ children, onRemove }: FilterChipProps) {
  return (
    <Button size="sm" className="border-accent bg-accent-soft" onClick={onRemove}>
      {children} <X size={12} aria-hidden />
      <span className="sr-only">, remove</span>
    </Button>
  );
}
