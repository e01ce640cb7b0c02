/** A tool as somebody's document has it. */
import type { Dropped, Refusal } from './place.js';
import type { Json, ToolClass } from '../vocabulary.js';

/** The document's word about a tool's class. Nobody has to believe it, and nothing is done by it. */
export interface Suggestion {
  readonly class: ToolClass;
  readonly why: string;
}

/** One tool as it was found, its schema untouched. */
export interface Found {
  /** The place where it stands. */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly schema: Json;
  /** The place where the schema stands. */
  readonly schemaPath: string;
  /** The document its references are followed in, and its place. */
  readonly root: Json;
  readonly rootPath: string;
  /** `legacy`: beside a reference nothing counts (up to draft-07, and OpenAPI 3.0). */
  readonly dialect: 'legacy' | 'current';
  readonly suggestion: Suggestion | null;
  readonly dropped: readonly Dropped[];
}

/** Found, or not to be read, and why. */
export type Reading = Found | Refusal;
