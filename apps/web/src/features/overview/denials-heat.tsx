/** An HTML table: screen readers and keyboards get it for nothing. Each cell opens the evaluations it counts. */
import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { count } from '../../shared/format.js';
import { Sideways } from '../../shared/ui/sideways.js';
import { Empty } from '../../shared/ui/states.js';
import { heatOf, ROWS } from './heat.js';
import type { Overview } from './overview.queries.js';

const STEPS = ['', 'heat-1', 'heat-2', 'heat-3', 'heat-4', 'heat-5', 'heat-6'] as const;

export function DenialsHeat({
  of,
  tenants,
}: {
  readonly of: Overview;
  readonly tenants: readonly { slug: string; name: string }[];
}) {
  const heat = heatOf(
    of.denials,
    tenants.map(({ slug }) => slug),
  );
  if (of.totals.evaluations === 0)
    return <Empty title="Nothing was asked">So nothing could be denied in this time.</Empty>;
  if (heat.rows.length === 0)
    return (
      <Empty tone="ok" title="Nothing was denied">
        {count(of.totals.allow)} evaluations were allowed in this time, so this is no missing data.
      </Empty>
    );
  return (
    <Sideways label="Denials, every tenant" className="px-3 pb-2">
      <table className="w-full border-separate border-spacing-x-0.5 border-spacing-y-px text-13">
        <thead>
          <tr className="h-6 text-12 text-faint">
            <th scope="col" className="text-left font-medium">
              Tool
            </th>
            {tenants.map(({ slug, name }) => (
              <th key={slug} scope="col" className="w-32 max-w-32 truncate px-2 text-right font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {heat.rows.map(({ tool, cells }) => (
            <tr key={tool} className="h-6">
              <th scope="row" title={tool} className="max-w-0 min-w-32 truncate text-left font-normal">
                <code>{tool}</code>
              </th>
              {cells.map((cell, i) => (
                <td key={heat.tenants[i]} className={clsx('rounded-chip p-0 text-right', STEPS[cell.step])}>
                  {cell.count === 0 ? (
                    <span className="px-2 text-faint">0</span>
                  ) : (
                    <Link
                      to="/$scope/evaluations"
                      params={{ scope: heat.tenants[i]! }}
                      search={(was: object) => ({ ...was, effect: ['deny'] as const, tool: [tool] })}
                      title={`${count(cell.count)} of ${count(cell.evaluations)} calls denied`}
                      className="block rounded-chip px-2 leading-6"
                    >
                      {count(cell.count)}
                    </Link>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {heat.more > 0 && (
        <p className="pt-1 text-12 text-faint">
          {ROWS} of {ROWS + heat.more} tools with denials
        </p>
      )}
    </Sideways>
  );
}
