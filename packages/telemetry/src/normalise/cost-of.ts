/** Promises: what the sender says a call cost. */
import type { Value } from '../decode/raw-span.js';
import { picoUsdOf } from '../money.js';
import type { Mark } from '../span.js';
import type { Said } from './attributes-of.js';
import { FIELDS } from './names.js';

export interface CostRead {
  readonly cost: bigint | null;
  readonly marks: readonly Mark[];
}

export function costOf(said: Said): CostRead {
  for (const name of FIELDS.cost.said) {
    const value = said.attributes.get(name);
    if (value !== undefined && value !== null) return read(value);
  }
  const details = new Map([...said.usage].filter(([name]) => DETAILS.test(name)));
  const total = details.get('cost_details.total') ?? details.get('usage_metadata.total_cost');
  if (total !== undefined && total !== null) return read(total);
  const parts = [...details.values()].map(read);
  if (parts.length === 0) return { cost: null, marks: [] };
  if (parts.some(({ cost }) => cost === null)) return REFUSED;
  return { cost: parts.reduce((sum, { cost }) => sum + (cost ?? 0n), 0n), marks: [] };
}

const DETAILS = /^cost_details\.|\.total_cost$/;
const REFUSED: CostRead = { cost: null, marks: ['cost_refused'] };

function read(value: Value): CostRead {
  const cost = typeof value === 'number' || typeof value === 'string' ? picoUsdOf(value) : null;
  return cost === null ? REFUSED : { cost, marks: [] };
}
