import { z } from 'zod';
import { mostGiven } from '../../tool-class.js';
import { answerOf, grows, joined, reachOf, type Answer } from '../../matrix/answer.js';
import {
  Cell,
  CELL_VALUE,
  cellKey,
  isNever,
  isPlace,
  NO_PLACE,
  PLACE,
  type PolicyCell,
} from '../../matrix/cell.js';
import { classOf, targetOf, type Targets } from '../../matrix/target.js';
import { Name } from '../../contract/fields.js';
import type { Direction } from '../direction.js';
import type { Edited, Entry, Rules, Sides } from '../kind.js';

const rules = {
  apart: ['effect'],
  references: ({ role, tool, resourceType }) => [
    { kind: 'role', name: role, path: ['role'] },
    ...(tool === undefined ? [] : [{ kind: 'tool' as const, name: tool, path: ['tool'] }]),
    ...(resourceType === undefined
      ? []
      : [{ kind: 'resourceType' as const, name: resourceType, path: ['resourceType'] }]),
  ],
  without: () => null,
  expressions: ({ when }) => (when === undefined ? [] : [{ path: ['when'], condition: when }]),
  problems(cell, _, around) {
    const { resourceType = '', action = '', effect } = cell;
    const toolClass = classOf(around, targetOf(cell));
    if (toolClass === null && Object.hasOwn(around.resourceTypes, resourceType))
      return [{ path: ['action'], message: `there is no action ${action} on a ${resourceType}` }];
    return effect === 'allow' && mostGiven(toolClass) !== 'allow'
      ? [{ path: ['effect'], message: 'a human_only tool can be asked for or denied, not allowed' }]
      : [];
  },
  direction({ before, after }, between) {
    // The target's own removal says it.
    if (!between.knowsTarget(targetOf((after ?? before)!))) return 'neutral';
    const alone = (one: PolicyCell | null) => answerOf(one === null || isNever(one) ? [] : [one]);
    return ofAnswer(alone(before), alone(after));
  },
} satisfies Rules<PolicyCell, Targets>;

/** The one kind without names: a cell is where a role and a target meet, and the document has a list of them. */
export const cell = {
  ...rules,
  kind: 'cell',
  member: 'cells',
  value: Cell,
  collection: z.array(Cell),
  edit: z
    .strictObject({
      kind: z.literal('cell'),
      role: Name,
      ...PLACE,
      value: z.strictObject(CELL_VALUE).nullable(),
    })
    .refine(isPlace, NO_PLACE),
  entriesOf: (stored: readonly PolicyCell[]): Entry<PolicyCell>[] => stored.map((one) => [cellKey(one), one]),
  storedOf: (entries: Iterable<Entry<PolicyCell>>): PolicyCell[] => Array.from(entries, ([, one]) => one),
  nameOf: (key: string): string => key.replace('\n', '/'),
  placeOf: (_: string, index: number): string | number => index,
  edited: ({ kind: _, value, ...place }: CellEdit): Edited<PolicyCell> => [
    cellKey(place),
    value && { ...place, ...value },
  ],
  editOf({ before, after }: Sides<PolicyCell>) {
    const { effect: _, when: __, ...place } = (after ?? before)!;
    if (after === null) return { kind: 'cell' as const, ...place, value: null };
    const { effect, when } = after;
    return { kind: 'cell' as const, ...place, value: { effect, ...(when !== undefined && { when }) } };
  },
} as const;

/** The way from one answer of a role to another. */
export function ofAnswer(before: Answer, after: Answer): Direction {
  const was = reachOf(before);
  const is = reachOf(after);
  const more = grows(was.allow, is.allow) || grows(is.deny, was.deny);
  const less = grows(is.allow, was.allow) || grows(was.deny, is.deny);
  const asked = (reach: typeof was) => joined(reach.allow, reach.approve);
  const asksMore = grows(asked(was), asked(is));
  if (more) return less ? 'read_it_yourself' : 'widens';
  if (less) return asksMore ? 'read_it_yourself' : 'narrows';
  const asksLess = grows(asked(is), asked(was));
  if (asksMore) return asksLess ? 'read_it_yourself' : 'widens';
  return asksLess ? 'narrows' : 'neutral';
}

type CellEdit = Omit<PolicyCell, 'effect' | 'when'> & {
  readonly kind: 'cell';
  readonly value: Pick<PolicyCell, 'effect' | 'when'> | null;
};
