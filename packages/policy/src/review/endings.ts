/**
 * Which names stop meaning what they meant, so that what is bound to them ends with the publish: a role, a tool or an
 * assistant that goes, and one that comes - whatever is bound to a name that was not there was bound to something else.
 * A brake is no binding: a stop and a denial outlive what they name.
 */
import type { PolicyDocument, PolicyEdit } from '../contract/policy-document.js';
import { naturally } from '../natural-order.js';

export interface Endings {
  /** Subjects lose them. */
  readonly roles: readonly string[];
  /** Grants that allow them end: they came, went, or are of another class. */
  readonly tools: readonly string[];
  /** Keys may speak for them no more. */
  readonly assistants: readonly string[];
}

/** `edits`: those that led there. Removed and made again within one publish is another thing by the same name. */
export function endingsOf(
  before: PolicyDocument,
  after: PolicyDocument,
  edits: readonly PolicyEdit[] = [],
): Endings {
  const remade = (kind: PolicyEdit['kind']) =>
    edits.flatMap((edit) =>
      edit.kind === kind && edit.kind !== 'cell' && edit.value === null ? [edit.name] : [],
    );
  const moved = (kind: 'roles' | 'tools' | 'assistants') => {
    const names = new Set([...Object.keys(before[kind]), ...Object.keys(after[kind])]);
    return [...names].filter(
      (name) => Object.hasOwn(before[kind], name) !== Object.hasOwn(after[kind], name),
    );
  };
  const reclassified = Object.keys(before.tools).filter(
    (name) => Object.hasOwn(after.tools, name) && before.tools[name]?.class !== after.tools[name]?.class,
  );
  const sorted = (names: readonly string[]) => [...new Set(names)].sort(naturally);
  return {
    roles: sorted([...moved('roles'), ...remade('role')]),
    tools: sorted([...moved('tools'), ...reclassified, ...remade('tool')]),
    assistants: sorted([...moved('assistants'), ...remade('assistant')]),
  };
}
