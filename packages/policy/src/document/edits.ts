/** Edits of a draft, applied to a document. Pure: the document they are applied to stays as it is. */
import { editsOf, entriesOf, KIND_NAMES, KINDS, type Edits, type KindName } from './kinds.js';
import type { PolicyDocument, PolicyEdit } from './policy-document.js';

/** The last edit on a thing wins; removing what is not there is no error. What is changed keeps its place, a new one comes last. */
export function applyEdits(document: PolicyDocument, edits: readonly PolicyEdit[]): PolicyDocument {
  let next = document;
  for (const kind of KIND_NAMES) {
    const some = editsOf(edits, kind);
    if (some.length > 0) next = { ...next, [KINDS[kind].member]: applied(document, kind, some) };
  }
  return next;
}

function applied<K extends KindName>(document: PolicyDocument, kind: K, edits: readonly Edits[K][]) {
  const entries = new Map(entriesOf(document, kind));
  for (const edit of edits) {
    const [key, value] = KINDS[kind].edited(edit);
    if (value === null) entries.delete(key);
    else entries.set(key, value);
  }
  return KINDS[kind].storedOf(entries);
}
