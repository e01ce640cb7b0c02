import { isAbridged } from './abridged.js';

/** The difference a change made: the paths at which two JSON values differ, in the order of the new one. */
export interface Difference {
  readonly path: string;
  /** undefined: was not there, or is no longer. */
  readonly before: unknown;
  readonly after: unknown;
}

export function jsonDiff(before: unknown, after: unknown, path = ''): Difference[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
    return names.flatMap((name) =>
      jsonDiff(own(before, name), own(after, name), path === '' ? name : `${path}.${name}`),
    );
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

const own = (of: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(of, name) ? of[name] : undefined;
/** A value with members of its own; a summary stands for one value. */
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isAbridged(value);
