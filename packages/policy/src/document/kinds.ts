/**
 * The table of kinds: everything that a policy holds, each in a file of its own (kinds/). A new kind is such a file and
 * its line here. In the order in which a reviewer reads their changes: what things are before what is allowed of them.
 */
import type { z } from 'zod';
import type { Edited, Entry, Rules, Sides } from './kind.js';
import { assistant } from './kinds/assistant.js';
import { cell } from './kinds/cell.js';
import { guardrail } from './kinds/guardrail.js';
import { quota } from './kinds/quota.js';
import { resourceType } from './kinds/resource-type.js';
import { role } from './kinds/role.js';
import { tool } from './kinds/tool.js';

export const TABLE = { tool, resourceType, role, guardrail, quota, assistant, cell } as const;

export type Table = typeof TABLE;
export type KindName = keyof Table;

export type PolicyDocument = {
  -readonly [K in KindName as Table[K]['member']]: z.output<Table[K]['collection']>;
};
export type Values = { readonly [K in KindName]: z.output<Table[K]['value']> };
export type Edits = { readonly [K in KindName]: z.output<Table[K]['edit']> };
export type PolicyEdit = Edits[KindName];

/** A kind as everything that walks over all of them sees it. */
interface Kind<K extends KindName> extends Rules<Values[K], PolicyDocument> {
  readonly member: Table[K]['member'];
  readonly entriesOf: (stored: PolicyDocument[Table[K]['member']]) => Entry<Values[K]>[];
  readonly storedOf: (entries: Iterable<Entry<Values[K]>>) => PolicyDocument[Table[K]['member']];
  /** For people. A name may hold a slash, so a cell is looked up by another key than it is shown with. */
  readonly nameOf: (key: string) => string;
  /** The place it has within its member, as a step of a JSON Pointer. */
  readonly placeOf: (key: string, index: number) => string | number;
  readonly edited: (edit: Edits[K]) => Edited<Values[K]>;
  readonly editOf: (sides: Sides<Values[K]>) => Edits[K];
}

export const KINDS: { readonly [K in KindName]: Kind<K> } = TABLE;
export const KIND_NAMES = Object.keys(TABLE) as KindName[];

/** The kinds whose things have names, by which people look for them. */
export type NamedKind = Exclude<KindName, 'cell'>;
export const NAMED_KINDS = KIND_NAMES.filter((kind) => kind !== 'cell');

/** Those that are about things of one kind. */
export const editsOf = <K extends KindName>(edits: readonly PolicyEdit[], kind: K): Edits[K][] =>
  edits.filter((edit): edit is Edits[K] => edit.kind === kind);

/** All of one kind in a document, with the keys they are looked up by. */
export const entriesOf = <K extends KindName>(document: PolicyDocument, kind: K): Entry<Values[K]>[] =>
  KINDS[kind].entriesOf(document[KINDS[kind].member]);
