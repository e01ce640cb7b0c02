/** A document that is too much to look at is refused before anything else looks at it. */
import { isList, isObject, Refusal, step } from './place.js';
import type { Json } from '../vocabulary.js';

export const IMPORT_LIMITS = { depth: 64, values: 300_000, tools: 1_000, textBytes: 5_000_000 } as const;

/** PostgreSQL keeps neither. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** Throws Refusal. What leads into itself, as YAML can, is endlessly deep. */
export function checkBounds(document: Json): void {
  const stack: { value: Json; path: string; depth: number }[] = [{ value: document, path: '', depth: 0 }];
  let values = 0;
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { value, path, depth } = top;
    if (++values > IMPORT_LIMITS.values)
      throw new Refusal(path, `the document has more than ${IMPORT_LIMITS.values} values`);
    if (typeof value === 'string' && UNSTORABLE.test(value))
      throw new Refusal(path, 'holds NUL or half a surrogate pair');
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value)))
      throw new Refusal(path, 'is no value that JSON has');
    const inside = isList(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
    if (inside.length > 0 && depth >= IMPORT_LIMITS.depth)
      throw new Refusal(path, `nested deeper than ${IMPORT_LIMITS.depth}`);
    for (const [name, one] of inside) {
      if (name === '__proto__' || UNSTORABLE.test(String(name)))
        throw new Refusal(step(path, name), 'not a name a member can have');
      stack.push({ value: one, path: step(path, name), depth: depth + 1 });
    }
  }
}
