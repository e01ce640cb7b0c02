/** A dense table of things in the policy; the last column holds what can be done with them. */
import { clsx } from 'clsx';
import { Children, type ReactNode } from 'react';
import { Sideways } from '../ui/sideways.js';

export function Table({
  head,
  children,
  label,
}: {
  readonly head: readonly string[];
  readonly children: ReactNode;
  readonly label: string;
}) {
  return (
    <Sideways label={`${label}, every column`}>
      <table className="w-full min-w-[860px] text-13" aria-label={label}>
        <thead>
          <tr className="text-left text-12 text-faint">
            {head.map((name, i) => (
              <th key={name} scope="col" className="h-8 px-3 font-medium whitespace-nowrap">
                {name === '' ? <span className="sr-only">{i === 0 ? 'Mark' : 'Actions'}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Sideways>
  );
}

export function Cells({ of, chosen = false }: { readonly of: ReactNode; readonly chosen?: boolean }) {
  const cells = Children.toArray(of);
  return (
    <tr className={clsx('border-t border-line', chosen && 'bg-accent-soft')}>
      {cells.map((cell, i) => (
        <td
          // Columns never move.
          key={i}
          className={clsx('h-9 px-3', i === cells.length - 1 && 'text-right whitespace-nowrap')}
        >
          {cell}
        </td>
      ))}
    </tr>
  );
}
