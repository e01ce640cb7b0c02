/** The overlap of what two people changed at once: the same thing in both lists, whatever each made of it. */
import { diffPolicies, targetOf, type PolicyChange, type PolicyDocument } from '@reeve/policy';

/** A cell by its role and target: the name it goes by may stand for two. */
function changeKey(change: PolicyChange): string {
  if (change.kind !== 'cell') return JSON.stringify([change.kind, change.name]);
  const cell = (change.after ?? change.before)!;
  return JSON.stringify([change.kind, cell.role, targetOf(cell)]);
}

export interface Moved {
  /** Changes that others published since. */
  readonly theirs: readonly PolicyChange[];
  /** Of ours, what they changed too. After a rebase ours still stands. */
  readonly overlap: readonly PolicyChange[];
}

export function movedSince(
  base: PolicyDocument,
  current: PolicyDocument,
  ours: readonly PolicyChange[],
): Moved {
  const theirs = diffPolicies(base, current);
  const touched = new Set(theirs.map(changeKey));
  return { theirs, overlap: ours.filter((change) => touched.has(changeKey(change))) };
}
