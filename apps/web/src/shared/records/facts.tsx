/** Names and values, one a line. */
import type { ReactNode } from 'react';

export function Facts({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[116px_minmax(0,1fr)] gap-x-3 gap-y-1 text-13 [&>dd]:flex [&>dd]:min-h-6 [&>dd]:min-w-0 [&>dd]:items-center [&>dt]:leading-6 [&>dt]:text-muted">
      {children}
    </dl>
  );
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
