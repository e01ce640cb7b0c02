/**
 * Names that stop meaning what they meant, so that what is bound to them ends with the publish: a thing that goes, and
 * one that comes - whatever is bound to a name that was not there was bound to something else - and one that its kind
 * says is another thing now. A brake is no binding: a stop and a denial outlive what they name.
 */
import { naturally } from '../natural-order.js';
import {
  editsOf,
  entriesOf,
  KIND_NAMES,
  KINDS,
  type Edits,
  type KindName,
  type Table,
  type Values,
} from './kinds.js';
import type { PolicyDocument, PolicyEdit } from './policy-document.js';

type BoundKind = { [K in KindName]: Table[K] extends { readonly ends: unknown } ? K : never }[KindName];

/** By the document's member: subjects lose roles and grants of tools, keys may not speak for assistants any more. */
export type Endings = { readonly [K in BoundKind as Table[K]['member']]: readonly string[] };

/** `edits`: those that led there. Removed and made again within one publish is another thing by the same name. */
export function endingsOf(
  before: PolicyDocument,
  after: PolicyDocument,
  edits: readonly PolicyEdit[] = [],
): Endings {
  const bound = KIND_NAMES.filter((kind) => KINDS[kind].ends !== undefined);
  return Object.fromEntries<readonly string[]>(
    bound.map((kind) => [
      KINDS[kind].member,
      endedNames(
        kind,
        new Map(entriesOf(before, kind)),
        new Map(entriesOf(after, kind)),
        editsOf(edits, kind),
      ).sort(naturally),
    ]),
  ) as Endings;
}

function endedNames<K extends KindName>(
  kind: K,
  was: ReadonlyMap<string, Values[K]>,
  is: ReadonlyMap<string, Values[K]>,
  edits: readonly Edits[K][],
): string[] {
  const { ends, edited } = KINDS[kind];
  const moved = [...new Set([...was.keys(), ...is.keys()])].filter((name) => {
    const [one, other] = [was.get(name), is.get(name)];
    return one === undefined || other === undefined || ends?.(one, other) === true;
  });
  const remade = edits.flatMap((edit) => {
    const [name, value] = edited(edit);
    return value === null ? [name] : [];
  });
  return [...new Set([...moved, ...remade])];
}
