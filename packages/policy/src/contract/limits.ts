/** How large and how deep a question may be, whatever its schema. */

/** `path` is a JSON Pointer into the body. */
export type WireProblem = { readonly path: string; readonly message: string };

/** NUL and half a surrogate pair: PostgreSQL keeps neither, and RFC 8785 has no canonical form for the second. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

export const LIMITS = { depth: 32, values: 10_000, nameLength: 256 } as const;

/** The first member that breaks a limit, or null. One walk, no recursion. */
export function limitBroken(body: unknown): WireProblem | null {
  const stack: { readonly value: unknown; readonly path: string; readonly depth: number }[] = [
    { value: body, path: '', depth: 0 },
  ];
  let values = 0;
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { value, path, depth } = top;
    if (++values > LIMITS.values) return { path: '', message: `more than ${LIMITS.values} values` };
    if (typeof value === 'string' && UNSTORABLE.test(value))
      return { path, message: 'holds NUL or half a surrogate pair' };
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= LIMITS.depth) return { path, message: `nested deeper than ${LIMITS.depth}` };
    for (const [name, member] of Object.entries(value)) {
      const at = `${path}/${name.slice(0, LIMITS.nameLength).replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (name.length > LIMITS.nameLength)
        return { path: at, message: `a name of more than ${LIMITS.nameLength} characters` };
      if (UNSTORABLE.test(name)) return { path, message: 'a name holds NUL or half a surrogate pair' };
      if (name === '__proto__') return { path: at, message: 'not a name a member can have' };
      stack.push({ value: member, path: at, depth: depth + 1 });
    }
  }
  return null;
}
