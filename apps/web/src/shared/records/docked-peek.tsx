/** One row in full, docked beside the list, which stays live. On narrow pages it lies over the list's right side. */
import { X } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { IconButton } from '../ui/button.js';

interface DockedPeekProps {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  /** Acts on it, beside the way to close it. */
  readonly actions?: ReactNode;
  /** Stays in sight below what scrolls. */
  readonly footer?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function DockedPeek({ title, note, actions, footer, onClose, children }: DockedPeekProps) {
  const id = useId();
  return (
    <aside
      aria-labelledby={id}
      className="absolute inset-y-0 right-0 z-10 flex w-[480px] max-w-full shrink-0 flex-col rounded-card border border-line bg-surface shadow-float min-[1280px]:static min-[1280px]:shadow-none"
    >
      <header className="flex min-h-11 items-center gap-2 border-b border-line px-3">
        <h2 id={id} className="min-w-0 truncate text-14">
          {title}
        </h2>
        <span className="min-w-0 truncate text-12 text-muted">{note}</span>
        <span className="ml-auto flex items-center gap-2">
          {actions}
          <IconButton label="Close (Esc)" onClick={onClose}>
            <X size={15} aria-hidden />
          </IconButton>
        </span>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
      {footer && <footer className="flex items-center gap-2 border-t border-line px-3 py-2">{footer}</footer>}
    </aside>
  );
}

interface PeekSectionProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

export function PeekSection({ title, note, children }: PeekSectionProps) {
  return (
    <section className="border-b border-line px-3 py-3 last:border-b-0">
      <h3 className="mb-2 flex items-baseline gap-2 text-12 text-muted">
        {title}
        {note && <span className="font-normal text-faint">{note}</span>}
      </h3>
      {children}
    </section>
  );
}
