import fc from 'fast-check';
import { expect, test } from 'vitest';
import { circumstances, factsOf, policyDocument, request } from '../../cases/arbitrary.js';
import { asked, known } from '../../cases/situation.js';
import type { Json } from '../vocabulary.js';
import { permission } from './permission.js';

const refund = (roles: readonly string[], args: Json, grants = {}) =>
  permission.check(
    asked({ resource: { type: 'tool', id: 'refund', properties: {} }, arguments: args }),
    known({ subject: { roles, grants } }),
  );

test('what lets a call through is kept: the cell, or the grant', () => {
  expect(refund(['agent'], { amount: 5 })).toEqual({
    effect: 'pass',
    detail: { role: 'agent', tool: 'refund', effect: 'allow' },
  });
  expect(refund([], { amount: 5 }, { refund: 'allow' })).toEqual({
    effect: 'pass',
    detail: { tool: 'refund', grant: 'allow' },
  });
});

test('what a person must approve has passed the guardrails before', () => {
  expect(refund(['supervisor'], { amount: 900, note: 'never arrived' })).toMatchObject({ effect: 'approve' });
  expect(refund(['supervisor'], { amount: 900 })).toMatchObject({
    effect: 'deny',
    reason: 'guardrail_failed',
  });
});

test('a grant on a name that every object has is none', () => {
  expect(permission.check(asked(), known({ subject: { roles: [], grants: {} } }))).toMatchObject({
    reason: 'no_grant',
  });
});

test('no finding quotes an argument', () => {
  for (const args of [
    { amount: 'hunter2' },
    { amount: 5, currency: 'hunter2' },
    { amount: 900, note: 'hunter2' },
  ])
    expect(JSON.stringify(refund(['supervisor'], args))).not.toContain('hunter2');
});

test('without conditions and grants it is what the strongest cell of any role says', () => {
  const plain = policyDocument.map((document) => ({
    ...document,
    guardrails: {},
    cells: document.cells.map(({ when: _, ...cell }) => cell),
    roles: Object.fromEntries(
      Object.entries(document.roles).map(([name, role]) => [name, { ...role, inherits: [] }]),
    ),
  }));
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(plain, request, circumstances, (document, asked, rest) => {
      const one = { ...asked, resource: { ...asked.resource, type: 'tool' } };
      const tool = document.tools[one.resource.id];
      fc.pre(Object.hasOwn(document.tools, one.resource.id) && rest.subject !== null);
      const roles = rest.subject?.roles ?? [];
      const effects = document.cells
        .filter(
          (cell) =>
            cell.tool === one.resource.id &&
            roles.includes(cell.role) &&
            Object.hasOwn(document.roles, cell.role),
        )
        .map(({ effect }) => effect);
      const strongest =
        (['deny', 'allow', 'approve'] as const).find((effect) => effects.includes(effect)) ?? 'deny';
      const wanted = strongest === 'allow' ? (tool?.class === 'human_only' ? 'approve' : 'pass') : strongest;
      const facts = factsOf(document, { ...rest, subject: { roles, grants: {} } });
      seen.set(wanted, (seen.get(wanted) ?? 0) + 1);
      expect(permission.check(one, facts).effect).toBe(wanted);
    }),
    { numRuns: 500, seed: 20 },
  );
  for (const effect of ['pass', 'approve', 'deny']) expect(seen.get(effect), effect).toBeGreaterThan(50);
});
