/** The difference of two documents: what a reviewer reads before a publish, and the way back after one. */
import { same } from '../same.js';
import { entriesOf, KIND_NAMES, KINDS, type KindName, type Values } from './kinds.js';
import type { Sides } from './kind.js';
import type { PolicyDocument, PolicyEdit } from './policy-document.js';

/** One thing that differs. `before` is null for an added one, `after` for a removed one. A cell is called `role/tool`. */
export type PolicyChange<Of extends KindName = KindName> = {
  [K in Of]: { readonly kind: K } & Sides<Values[K]>;
}[Of];

export const diffPolicies = (before: PolicyDocument, after: PolicyDocument): PolicyChange[] =>
  KIND_NAMES.flatMap((kind) => differing(kind, before, after));

/** The edits that make `after` of `before`. */
export const editsFrom = (changes: readonly PolicyChange[]): PolicyEdit[] => changes.map(editFrom);

/** The edits that make `before` of `after` again. */
export const editsBack = (changes: readonly PolicyChange[]): PolicyEdit[] =>
  changes.map((change) => editFrom(turned(change)));

const editFrom = <K extends KindName>(change: PolicyChange<K>): PolicyEdit =>
  KINDS[change.kind].editOf(change);

const turned = <K extends KindName>(change: PolicyChange<K>): PolicyChange<K> => ({
  ...change,
  before: change.after,
  after: change.before,
});

function differing<K extends KindName>(kind: K, before: PolicyDocument, after: PolicyDocument) {
  const was = new Map(entriesOf(before, kind));
  const is = new Map(entriesOf(after, kind));
  // Sorted when they are few: most of a large matrix is as it was.
  const keys = [
    ...[...is.keys()].filter((key) => !same(was.get(key) ?? null, is.get(key) ?? null)),
    ...[...was.keys()].filter((key) => !is.has(key)),
  ].sort();
  return keys.map((key): PolicyChange<K> => ({
    kind,
    name: KINDS[kind].nameOf(key),
    before: was.get(key) ?? null,
    after: is.get(key) ?? null,
  }));
}
