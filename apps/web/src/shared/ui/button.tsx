/** Buttons. One primary at most per view; danger only where something stops or is taken away. */
import { clsx } from 'clsx';
import type { ButtonHTMLAttributes, ReactNode } from 'react';

const KINDS = {
  primary: 'bg-accent text-on-accent hover:brightness-110 border-transparent',
  secondary: 'bg-surface text-text border-line hover:border-line-strong hover:bg-sunken',
  ghost: 'bg-transparent text-muted border-transparent hover:bg-sunken hover:text-text',
  danger: 'bg-surface text-deny border-deny hover:bg-deny-fill',
  dangerSolid: 'bg-crit text-canvas border-transparent hover:brightness-110',
} as const;
const SIZES = { md: 'h-8 px-3 text-13', sm: 'h-7 px-2 text-12' } as const;

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: keyof typeof KINDS;
  readonly size?: keyof typeof SIZES;
  readonly icon?: ReactNode;
  /** The action is under way: disabled, and said so. */
  readonly pending?: boolean;
}

/** A link that does what a button would: it looks like one. */
export const buttonStyle = (
  kind: keyof typeof KINDS = 'secondary',
  size: keyof typeof SIZES = 'md',
): string =>
  clsx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control border font-medium whitespace-nowrap select-none disabled:opacity-50',
    KINDS[kind],
    SIZES[size],
  );

export function Button({
  kind = 'secondary',
  size = 'md',
  icon,
  pending = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled === true || pending}
      aria-busy={pending || undefined}
      className={clsx(buttonStyle(kind, size), className)}
    >
      {icon}
      {pending ? 'Working…' : children}
    </button>
  );
}

/** A square button with an icon; `label` is its name and its tooltip. */
export function IconButton({
  label,
  children,
  className,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { readonly label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={clsx(
        'inline-flex size-7 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-text disabled:opacity-40',
        className,
      )}
    >
      {children}
    </button>
  );
}
