/** How large and how deep a question may be, whatever its schema. */

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

/** The first member that breaks a limit, or null. One walk, no recursion. */
export function limitBroken(body: unknown): WireProblem | null {
  const stack: Reached[] = [{ value: body, name: '', from: null, depth: 0 }];
  let values = 0;
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { value, depth } = top;
    if (++values > LIMITS.values) return { path: '', message: `more than ${LIMITS.values} values` };
    if (typeof value === 'string' && UNSTORABLE.test(value))
      return { path: pathTo(top), message: 'holds NUL or half a surrogate pair' };
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= LIMITS.depth) return { path: pathTo(top), message: `nested deeper than ${LIMITS.depth}` };
    for (const name of Object.keys(value)) {
      const member = { value: (value as Record<string, unknown>)[name], name, from: top, depth: depth + 1 };
      if (name.length > LIMITS.nameLength)
        return { path: pathTo(member), message: `a name of more than ${LIMITS.nameLength} characters` };
      if (UNSTORABLE.test(name))
        return { path: pathTo(top), message: 'a name holds NUL or half a surrogate pair' };
      if (name === '__proto__') return { path: pathTo(member), message: 'not a name a member can have' };
      stack.push(member);
    }
  }
  return null;
}

function pathTo({ name, from }: Reached): string {
  if (from === null) return '';
  const step = name.slice(0, LIMITS.nameLength).replaceAll('~', '~0').replaceAll('/', '~1');
  return `${pathTo(from)}/${step}`;
}
