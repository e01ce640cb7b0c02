/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- what scrolls is reached by keyboard, and is no landmark */
/** A table that may be wider than its place: it scrolls inside it, by keyboard too, and the page never does. */
import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export function Sideways({
  label,
  className,
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      // `relative`, so that what only screen readers see does not widen the page.
      className={clsx('relative overflow-x-auto -outline-offset-2', className)}
    >
      {children}
    </div>
  );
}
