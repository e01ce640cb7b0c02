/** Which way a change goes: whether agents may do more after it. What widens is reviewed first. */
import type { PolicyCell, PolicyChange } from '@reeve/policy';

export type Direction = 'widens' | 'narrows' | 'neutral';

const CELL_RANK = { deny: -1, none: 0, approve: 1, allow: 2 } as const;
const CLASS_RANK = { read: 0, write: 1, dangerous: 2, human_only: 3 } as const;

export function directionOf(change: PolicyChange): Direction {
  switch (change.kind) {
    case 'cell':
      return cell(change.before, change.after);
    case 'tool': {
      // A tool nobody has a cell for is denied: adding one grants nothing, removing one takes all.
      if (change.before === null) return 'neutral';
      if (change.after === null) return 'narrows';
      return signed(CLASS_RANK[change.before.class] - CLASS_RANK[change.after.class]);
    }
    case 'role':
      return lists(change.before?.inherits, change.after?.inherits);
    case 'assistant': {
      const before = change.before?.enabled === true ? change.before.tools : [];
      return lists(before, change.after?.enabled === true ? change.after.tools : []);
    }
    case 'guardrail': {
      const before = change.before?.enabled === true;
      const after = change.after?.enabled === true;
      if (before !== after) return before ? 'widens' : 'narrows';
      return lists(change.after?.tools, change.before?.tools);
    }
    case 'quota': {
      const { before, after } = change;
      if (before === null) return 'narrows';
      if (after === null) return 'widens';
      return signed(after.limit / after.windowSeconds - before.limit / before.windowSeconds);
    }
  }
}

function cell(before: PolicyCell | null, after: PolicyCell | null): Direction {
  const was = before?.effect ?? 'none';
  const is = after?.effect ?? 'none';
  if (was !== is) return signed(CELL_RANK[is] - CELL_RANK[was]);
  const condition = Number(after?.when !== undefined) - Number(before?.when !== undefined);
  // A condition limits what its effect reaches: less of an allow, less of a deny.
  return signed(is === 'deny' ? condition : -condition);
}

function lists(before: readonly string[] = [], after: readonly string[] = []): Direction {
  if (after.some((one) => !before.includes(one))) return 'widens';
  return before.some((one) => !after.includes(one)) ? 'narrows' : 'neutral';
}

const signed = (difference: number): Direction =>
  difference > 0 ? 'widens' : difference < 0 ? 'narrows' : 'neutral';

/** Widening first, then narrowing, then the rest; within each, in the order of the diff. */
export const byDirection = (
  changes: readonly PolicyChange[],
): readonly [Direction, readonly PolicyChange[]][] =>
  (['widens', 'narrows', 'neutral'] as const)
    .map((direction): [Direction, readonly PolicyChange[]] => [
      direction,
      changes.filter((change) => directionOf(change) === direction),
    ])
    .filter(([, some]) => some.length > 0);
