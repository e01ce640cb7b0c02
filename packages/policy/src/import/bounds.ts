/** A document that is too much to look at is refused before anything else looks at it. */
import { isList, Refusal, step } from './place.js';
import type { Json } from '../vocabulary.js';

export const IMPORT_LIMITS = { depth: 64, values: 200_000, tools: 1_000, textBytes: 5_000_000 } as const;

/** PostgreSQL keeps neither. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** A value and how it was reached; a path is only put together for a refusal. */
interface Reached {
  readonly value: Json;
  readonly name: string | number;
  readonly from: Reached | null;
  readonly depth: number;
}

/** Throws Refusal. What leads into itself, as YAML can, is endlessly deep. */
export function checkBounds(document: Json): void {
  const stack: Reached[] = [{ value: document, name: '', from: null, depth: 0 }];
  let values = 0;
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { value, depth } = top;
    const refuse = (message: string) => new Refusal(pathTo(top), message);
    if (++values > IMPORT_LIMITS.values)
      throw refuse(`the document has more than ${IMPORT_LIMITS.values} values`);
    if (typeof value === 'string' && UNSTORABLE.test(value))
      throw refuse('holds NUL or half a surrogate pair');
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value)))
      throw refuse('is no value that JSON has');
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= IMPORT_LIMITS.depth) throw refuse(`nested deeper than ${IMPORT_LIMITS.depth}`);
    for (const [name, one] of isList(value) ? value.entries() : Object.entries(value)) {
      const inside = { value: one, name, from: top, depth: depth + 1 };
      if (name === '__proto__' || UNSTORABLE.test(String(name)))
        throw new Refusal(pathTo(inside), 'not a name a member can have');
      stack.push(inside);
    }
  }
}

const pathTo = ({ name, from }: Reached): string => (from === null ? '' : step(pathTo(from), name));
