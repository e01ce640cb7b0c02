/** A card with a heading; borders carry the structure. */
import { clsx } from 'clsx';
import { useId, type ReactNode } from 'react';

export function Panel({
  title,
  note,
  actions,
  children,
  className,
  flush = false,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  readonly flush?: boolean;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={clsx('flex min-w-0 flex-col rounded-card border border-line bg-surface', className)}
    >
      <header className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1">
        <h2 id={id} className="text-13">
          {title}
        </h2>
        {note && <span className="text-12 text-faint">{note}</span>}
        {actions && <div className="ml-auto flex items-center gap-1">{actions}</div>}
      </header>
      <div className={clsx('min-h-0 flex-1', !flush && 'p-3')}>{children}</div>
    </section>
  );
}

/** A page's heading line: title, what it is about, and what can be done. */
export function PageHead({
  title,
  note,
  actions,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <header className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
      <h1 className="text-20">{title}</h1>
      {note && <span className="text-13 text-muted">{note}</span>}
      {actions && <div className="ml-auto flex max-w-full flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
