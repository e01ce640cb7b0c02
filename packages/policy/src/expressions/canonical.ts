/** Equal JSON as equal text, so that comparing with many is one look-up. Charged for all it looks at. */
import type { Json } from '../vocabulary.js';
import { charge, chargeText } from './meter.js';

export function canonical(value: Json): string {
  if (typeof value === 'string') {
    chargeText(value);
    return JSON.stringify(value);
  }
  if (typeof value !== 'object' || value === null) {
    charge(1);
    return String(value === 0 ? 0 : value);
  }
  charge(5);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join()}]`;
  const members = value as { readonly [member: string]: Json };
  const names = Object.keys(members).sort();
  charge(2 * names.length);
  return `{${names.map((name) => `${canonical(name)}:${canonical(members[name]!)}`).join()}}`;
}
