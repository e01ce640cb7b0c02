/** The size and the depth a question may have, whatever its schema. */
import { pointer } from '../json-pointer.js';

/** `path` is a JSON Pointer into the body. */
export type WireProblem = { readonly path: string; readonly message: string };

/** NUL and half a surrogate pair: PostgreSQL keeps neither, and RFC 8785 has no canonical form for the second. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

export const LIMITS = { depth: 32, values: 10_000, nameLength: 256 } as const;

/** A value and how it was reached; a path is only put together for a problem. */
interface Reached {
  readonly value: unknown;
  readonly name: string;
  readonly from: Reached | null;
  readonly depth: number;
}

/** The first member that breaks a limit, or null. */
export const limitBroken = (body: unknown): WireProblem | null => walk(body).problem;

/** The first problem, or how many members the objects in it have together. One walk, no recursion. */
export function walk(body: unknown): { readonly problem: WireProblem | null; readonly members: number } {
  const stack: Reached[] = [{ value: body, name: '', from: null, depth: 0 }];
  let values = 0;
  let members = 0;
  const broken = (path: string, message: string) => ({ problem: { path, message }, members });
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { value, depth } = top;
    if (++values > LIMITS.values) return broken('', `more than ${LIMITS.values} values`);
    if (typeof value === 'string' && UNSTORABLE.test(value))
      return broken(pathTo(top), 'holds NUL or half a surrogate pair');
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= LIMITS.depth) return broken(pathTo(top), `nested deeper than ${LIMITS.depth}`);
    const names = Object.keys(value);
    if (!Array.isArray(value)) members += names.length;
    for (const name of names) {
      const member = { value: (value as Record<string, unknown>)[name], name, from: top, depth: depth + 1 };
      if (name.length > LIMITS.nameLength)
        return broken(pathTo(member), `a name of more than ${LIMITS.nameLength} characters`);
      if (UNSTORABLE.test(name)) return broken(pathTo(top), 'a name holds NUL or half a surrogate pair');
      if (name === '__proto__') return broken(pathTo(member), 'not a name a member can have');
      stack.push(member);
    }
  }
  return { problem: null, members };
}

function pathTo(reached: Reached): string {
  const steps: string[] = [];
  for (let at = reached; at.from !== null; at = at.from) steps.unshift(at.name);
  return pointerTo(steps);
}

/** A JSON Pointer (RFC 6901), its steps cut to the length of a name. */
export const pointerTo = (steps: readonly (string | number)[]): string =>
  pointer(steps.map((step) => String(step).slice(0, LIMITS.nameLength)));
