/**
 * A tenant's policy as one immutable document. The database keeps it whole per revision, the compiler turns it into
 * a snapshot, the console edits it. Strict: an unknown member is an error with its path.
 */
import { z } from 'zod';
import {
  KINDS,
  KIND_NAMES,
  TABLE,
  type KindName,
  type PolicyDocument as Document,
  type PolicyEdit as Edit,
  type Table,
} from './kinds.js';

type Collections = { [K in KindName as Table[K]['member']]: Table[K]['collection'] };

export type PolicyDocument = Document;
export const PolicyDocument = z.strictObject(
  Object.fromEntries(KIND_NAMES.map((kind) => [TABLE[kind].member, TABLE[kind].collection])) as Collections,
);

export const EMPTY_POLICY = Object.fromEntries(
  KIND_NAMES.map((kind) => [KINDS[kind].member, KINDS[kind].storedOf([])]),
) as PolicyDocument;

/** A document as it was stored: of kinds that came after it, it has none. */
export const asPolicy = (stored: Partial<PolicyDocument>): PolicyDocument => ({ ...EMPTY_POLICY, ...stored });

type AnyEdit = Table[KindName]['edit'];

/** One edit of a draft. `null` removes. Edits are applied in order; the last one on a thing wins. */
export const PolicyEdit = z.discriminatedUnion(
  'kind',
  KIND_NAMES.map((kind) => TABLE[kind].edit) as [AnyEdit, ...AnyEdit[]],
);
export type PolicyEdit = Edit;
