/** The depth JSON may have that somebody wrote and everything here recurses into. Looked at without recursion. */
import type { Json, JsonObject } from '../vocabulary.js';
import { ExpressionError } from './expression-error.js';

export const DEPTH_MAX = 64;

/** Throws an ExpressionError with the place. */
export function boundedDepth(value: Json): void {
  const open: { readonly value: Json; readonly depth: number; readonly path: string }[] = [
    { value, depth: 0, path: '' },
  ];
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const { value: one, depth, path } = top;
    if (typeof one !== 'object' || one === null) continue;
    if (depth >= DEPTH_MAX) throw new ExpressionError(`is nested deeper than ${DEPTH_MAX}`, path);
    for (const [name, inner] of Object.entries(one as JsonObject))
      if (typeof inner === 'object') open.push({ value: inner, depth: depth + 1, path: `${path}/${name}` });
  }
}
