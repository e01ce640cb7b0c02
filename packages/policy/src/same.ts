/** Equal JSON: members in any order, an undefined one as absent. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as { readonly [member: string]: unknown };
  const right = b as { readonly [member: string]: unknown };
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((member) =>
    same(left[member], right[member]),
  );
}
