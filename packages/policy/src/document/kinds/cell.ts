import { z } from 'zod';
import { mostGiven } from '../../tool-class.js';
import { answerOf, grows, joined, reachOf, type Answer } from '../../matrix/answer.js';
import { Cell, cellKey, isNever, type PolicyCell } from '../../matrix/cell.js';
import type { Direction } from '../direction.js';
import type { Edited, Entry, Rules, Sides } from '../kind.js';
import type { PolicyTool } from './tool.js';

interface Around {
  readonly tools: Readonly<Record<string, PolicyTool>>;
}

const rules = {
  apart: ['effect'],
  references: ({ role, tool }) => [
    { kind: 'role', name: role, path: ['role'] },
    { kind: 'tool', name: tool, path: ['tool'] },
  ],
  without: () => null,
  expressions: ({ when }) => (when === undefined ? [] : [{ path: ['when'], condition: when }]),
  problems: ({ tool, effect }, _, { tools }) =>
    effect === 'allow' && Object.hasOwn(tools, tool) && mostGiven(tools[tool]?.class) !== 'allow'
      ? [{ path: ['effect'], message: 'a human_only tool can be asked for or denied, not allowed' }]
      : [],
  direction({ before, after }, between) {
    const { tool } = (after ?? before)!;
    // The tool's own removal says it.
    if (!between.knows('tool', tool)) return 'neutral';
    const alone = (one: PolicyCell | null) => answerOf(one === null || isNever(one) ? [] : [one]);
    return ofAnswer(alone(before), alone(after));
  },
} satisfies Rules<PolicyCell, Around>;

/** The one kind without names: a cell is where a role and a tool meet, and the document has a list of them. */
export const cell = {
  ...rules,
  kind: 'cell',
  member: 'cells',
  value: Cell,
  collection: z.array(Cell),
  edit: z.strictObject({
    kind: z.literal('cell'),
    role: Cell.shape.role,
    tool: Cell.shape.tool,
    value: Cell.omit({ role: true, tool: true }).nullable(),
  }),
  entriesOf: (stored: readonly PolicyCell[]): Entry<PolicyCell>[] => stored.map((one) => [cellKey(one), one]),
  storedOf: (entries: Iterable<Entry<PolicyCell>>): PolicyCell[] => Array.from(entries, ([, one]) => one),
  nameOf: (key: string): string => key.replace('\n', '/'),
  placeOf: (_: string, index: number): string | number => index,
  edited: ({ role, tool, value }: CellEdit): Edited<PolicyCell> => [
    cellKey({ role, tool }),
    value && { role, tool, ...value },
  ],
  editOf({ before, after }: Sides<PolicyCell>) {
    const { role, tool } = (after ?? before)!;
    if (after === null) return { kind: 'cell' as const, role, tool, value: null };
    const { role: _, tool: __, ...value } = after;
    return { kind: 'cell' as const, role, tool, value };
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

interface CellEdit {
  readonly role: string;
  readonly tool: string;
  readonly value: Omit<PolicyCell, 'role' | 'tool'> | null;
}
