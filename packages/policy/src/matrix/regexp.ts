/**
 * Regular expressions that tenants write and models feed: RE2 syntax, so that matching takes linear time and nobody's
 * pattern can hold up everybody's decisions. No look-around and no back-references.
 */
import { RE2JS } from '@bufbuild/re2';

/** Compiled patterns, because compiling costs a hundred times what matching does. Bounded: a pattern may be computed. */
const compiled = new Map<string, RE2JS>();
const COMPILED_MAX = 1_000;

/** Throws when the pattern is not RE2. */
export function linearRegExp(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const made = RE2JS.compile(pattern.replaceAll(/\\u([0-9A-Fa-f]{4})/g, String.raw`\x{$1}`));
  if (compiled.size >= COMPILED_MAX) compiled.clear();
  compiled.set(pattern, made);
  return made;
}
