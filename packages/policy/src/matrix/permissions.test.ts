import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asked, known } from '../../cases/situation.js';
import { PolicyDocument } from '../document/policy-document.js';
import type { PolicyCell } from './cell.js';
import { permission } from '../stages/permission.js';
import { compilePolicy } from '../document/compile.js';

const WHENS = [
  undefined,
  'args.n <= 2.0',
  'args.n > 5.0',
  'args.missing == 1',
  'args.other.missing',
  'args.list.all(x, args.list.all(y, x >= y || true))',
  'args.list.all(x, args.list.all(y, y >= x || true))',
];
const ROLES = ['r0', 'r1', 'r2', 'r3'];
const cells = fc.array(
  fc.record({
    role: fc.constantFrom(...ROLES),
    effect: fc.constantFrom('allow', 'allow', 'approve', 'approve', 'approve', 'deny'),
    when: fc.constantFrom(...WHENS),
  }),
  { minLength: 1, maxLength: 4 },
);

function effectOf(
  of: readonly Omit<PolicyCell, 'tool'>[],
  names: readonly string[],
  args: { n: number },
): string {
  const document = PolicyDocument.parse({
    tools: { pay: { class: 'write', justification: 'for the test', schema: {} } },
    roles: Object.fromEntries(names.map((name) => [name, {}])),
    cells: of.map(({ role, effect, when }) => ({
      role: names[ROLES.indexOf(role)],
      tool: 'pay',
      effect,
      ...(when !== undefined && { when }),
    })),
    guardrails: {},
    quotas: {},
    assistants: {},
  });
  const { effect, ...finding } = permission.check(
    asked({ resource: { type: 'tool', id: 'pay', properties: {} }, arguments: { ...args, list: LIST } }),
    known({ policy: compilePolicy(document), subject: { roles: names, grants: {} } }),
  );
  return `${effect} ${'reason' in finding ? finding.reason : ''}`;
}
/** Long enough that two conditions that turn over it empty the meter. */
const LIST = Array.from({ length: 100 }, (_, i) => i);

test('property: what is decided does not depend on what roles are called', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(cells, fc.shuffledSubarray(ROLES, { minLength: 4 }), fc.nat(8), (of, names, n) => {
      const wanted = effectOf(of, ROLES, { n });
      seen.set(wanted, (seen.get(wanted) ?? 0) + 1);
      expect(effectOf(of, names, { n })).toBe(wanted);
    }),
    { numRuns: 150, seed: 7 },
  );
  for (const effect of [
    'pass ',
    'deny condition_unanswerable',
    'deny denied_by_matrix',
    'approve approval_required',
  ])
    expect(seen.get(effect), effect).toBeGreaterThan(4);
}, 30_000);

test.each([
  [
    'an allow that applies stands beside one that nobody can answer',
    ['allow', 'args.n <= 2.0'],
    ['allow', 'args.missing == 1'],
    'pass ',
  ],
  [
    'one that nobody can answer denies alone',
    ['allow', 'args.missing == 1'],
    ['allow', 'args.n > 5.0'],
    'deny condition_unanswerable',
  ],
  [
    'and above what would be asked for',
    ['allow', 'args.missing == 1'],
    ['approve', undefined],
    'deny condition_unanswerable',
  ],
  [
    'a denial that nobody can answer denies',
    ['allow', undefined],
    ['deny', 'args.missing == 1'],
    'deny condition_unanswerable',
  ],
] as const)('%s', (_, first, second, wanted) => {
  const of = [first, second].map(([effect, when], i) => ({ role: ROLES[i], effect, when }));
  expect(effectOf(of as Omit<PolicyCell, 'tool'>[], ROLES, { n: 1 })).toBe(wanted);
  expect(effectOf(of as Omit<PolicyCell, 'tool'>[], ROLES.toReversed(), { n: 1 })).toBe(wanted);
});
