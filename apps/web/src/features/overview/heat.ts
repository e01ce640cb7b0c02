/** Denials by tool and tenant as a table: which rows and columns, and how warm each cell is. */
import { naturally } from '@reeve/policy';
import type { Overview } from './overview.queries.js';

export interface Heat {
  readonly tenants: readonly string[];
  readonly rows: readonly {
    readonly tool: string;
    readonly total: number;
    readonly cells: readonly HeatCell[];
  }[];
  /** Tools that were denied but are not shown. */
  readonly more: number;
}
export interface HeatCell {
  readonly count: number;
  readonly evaluations: number;
  /** 0 (none) to 6 (the most). */
  readonly step: number;
}

export const ROWS = 11;

export function heatOf(denials: Overview['denials'], tenants: readonly string[]): Heat {
  const most = Math.max(1, ...denials.map(({ count }) => count));
  const rows = [...new Set(denials.map(({ tool }) => tool))]
    .map((tool) => ({ tool, cells: denials.filter((cell) => cell.tool === tool) }))
    .map(({ tool, cells }) => ({
      tool,
      total: cells.reduce((sum, { count }) => sum + count, 0),
      cells: tenants.map((tenant): HeatCell => {
        const { count = 0, evaluations = 0 } = cells.find((cell) => cell.tenant === tenant) ?? {};
        return { count, evaluations, step: count === 0 ? 0 : Math.max(1, Math.ceil((count / most) * 6)) };
      }),
    }))
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => b.total - a.total || naturally(a.tool, b.tool));
  return { tenants, rows: rows.slice(0, ROWS), more: Math.max(0, rows.length - ROWS) };
}
