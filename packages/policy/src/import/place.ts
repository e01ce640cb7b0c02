/** Places in somebody's document, and what is wrong there. */
import { nameOfStep, pointerStep } from '../json-pointer.js';
import type { Json, JsonObject } from '../vocabulary.js';

/** `path` is a JSON Pointer into the document. */
export interface Dropped {
  readonly path: string;
  /** The keyword or member that was left out or rewritten. */
  readonly what: string;
  readonly why: string;
}

/** A document, or one tool of it, that is not taken. */
export class Refusal extends Error {
  constructor(
    readonly path: string,
    message: string,
  ) {
    super(message);
  }
}

export const step = (path: string, name: string | number): string =>
  `${path}/${pointerStep(String(name).slice(0, 200))}`;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);

/** The value a JSON Pointer leads to; undefined: nothing, or not a pointer. */
export function follow(root: Json, pointer: string): Json | undefined {
  if (pointer === '') return root;
  if (!pointer.startsWith('/')) return undefined;
  let at: Json | undefined = root;
  for (const part of pointer.slice(1).split('/')) {
    const name = nameOfStep(part);
    if (isList(at)) at = /^(0|[1-9]\d{0,5})$/.test(name) ? at[Number(name)] : undefined;
    else at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
    if (at === undefined) return undefined;
  }
  return at;
}
