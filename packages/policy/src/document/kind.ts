/**
 * The shape of a kind: what a policy holds many of. A kind says in its own file how it looks, what it names, what it
 * has compiled, what makes no sense in it and which way a change of it goes; the document, its edits, the difference of
 * two, the checks, removals and reviews are derived from the table of all kinds (kinds.ts).
 */
import { z } from 'zod';
import type { Between, Direction } from './direction.js';
import { Name, type Schema } from '../contract/fields.js';

export type Path = readonly (string | number)[];

/** Another thing's name, held by a value at `path`. */
export interface Reference {
  readonly kind: 'tool' | 'role' | 'assistant' | 'resourceType';
  readonly name: string;
  readonly path: Path;
}

/** An expression in a value: a condition, or a JSON Schema. */
export type Compiled = { readonly path: Path } & (
  { readonly condition: string } | { readonly schema: z.output<typeof Schema> }
);

export interface Problem {
  readonly path: Path;
  readonly message: string;
}

/** The rules of a kind for its values. `Around`: the part of the document that it has to look at. */
export interface Rules<Value, Around> {
  /** Members that tell one from its like beside its name: the first that holds something. */
  readonly apart: readonly string[];
  /** The names in it. Each has to be there. */
  readonly references?: (value: Value) => readonly Reference[];
  /** The rest of a value when what it names there goes; null: it goes along. */
  readonly without?: (value: Value, gone: Reference) => Value | null;
  readonly expressions?: (value: Value) => readonly Compiled[];
  /** Nonsense that its schema lets through, beside dangling names and expressions. */
  readonly problems?: (value: Value, name: string, around: Around) => readonly Problem[];
  /**
   * True where what is bound to its name from outside (a grant, a role of a subject, an assistant of a key) ends with
   * this change of it. Without it nothing is bound to such a thing.
   */
  readonly ends?: (before: Value, after: Value) => boolean;
  readonly direction: (change: Sides<Value>, between: Between) => Direction;
}

/** `before` is null for an added one, `after` for a removed one. */
export interface Sides<Value> {
  /** A cell is called `role/tool`. */
  readonly name: string;
  readonly before: Value | null;
  readonly after: Value | null;
}

/** A kind of things that have names: kept as a record, edited one by one. */
export function named<
  const K extends string,
  const M extends string,
  S extends z.ZodType,
  R extends Rules<z.output<S>, never>,
>(kind: K, member: M, value: S, rules: R) {
  type Value = z.output<S>;
  return {
    ...rules,
    kind,
    member,
    value,
    collection: z.record(Name, value),
    edit: z.strictObject({ kind: z.literal(kind), name: Name, value: value.nullable() }),
    entriesOf: (stored: Readonly<Record<string, Value>>): Entry<Value>[] => Object.entries(stored),
    storedOf: (entries: Iterable<Entry<Value>>): Record<string, Value> => Object.fromEntries(entries),
    nameOf: (key: string): string => key,
    placeOf: (key: string, _: number): string | number => key,
    edited: ({ name, value: to }: { readonly name: string; readonly value: Value | null }): Edited<Value> => [
      name,
      to,
    ],
    editOf: ({ name, after }: Sides<Value>) => ({ kind, name, value: after }),
  };
}

export type Entry<Value> = [key: string, value: Value];
/** The value that an edit sets, at its key; null: it removes. */
export type Edited<Value> = readonly [key: string, value: Value | null];
