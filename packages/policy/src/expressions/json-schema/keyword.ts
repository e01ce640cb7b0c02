/** The maker of a keyword's assertion, and what the compiler gives it to hand. */
import type { Json, JsonObject } from '../../vocabulary.js';
import type { ExpressionError } from '../expression-error.js';
import type { Pattern } from '../pattern.js';
import type { Assertion, Node } from './node.js';

/** Makes an assertion of what stands behind a keyword; null when it says nothing. */
export type Keyword = (value: Json, at: KeywordPlace, schema: JsonObject) => Assertion | null;

/** The place of a keyword in a schema. */
export interface KeywordPlace {
  /** An error of this place. */
  error(message: string): ExpressionError;
  /** The same for another keyword of the same schema. */
  beside(keyword: string): KeywordPlace;

  /** Schemas that are applied to something in the value. */
  one(schema: Json): Node;
  list(schemas: Json): Node[];
  named(schemas: Json): [string, Node][];
  /** Schemas that are applied to the value itself. */
  inPlace(schema: Json): Node;
  inPlaceList(schemas: Json): Node[];
  inPlaceNamed(schemas: Json): [string, Node][];
  /** For a keyword that is asked last and wants to know what the others looked at. */
  afterAll(schema: Json): Node;
  /** Known once the whole schema is: a reference may lead anywhere in it. */
  reference(target: Json): Node;

  pattern(source: Json, at?: string): Pattern;
  /** Counts names and values against what a schema may hold. */
  names(count: number): void;
  /** Names that one application looks up. */
  looksUp(count: number): void;
}
