/** What two people changed at once: the same thing in both lists, whatever each made of it. */
import { diffPolicies, type PolicyChange, type PolicyDocument } from '@reeve/policy';

export const changeKey = ({ kind, name }: Pick<PolicyChange, 'kind' | 'name'>): string => `${kind} ${name}`;

export interface Moved {
  /** What others published since. */
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
