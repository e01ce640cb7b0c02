import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asked, known } from '../cases/situation.js';
import { decide } from './pipeline.js';
import { UNKNOWN_NAME, withoutQuotes } from './quoted.js';
import type { EvaluationRequest, Json } from './vocabulary.js';

/** A word that is in nobody's policy. */
const CANARY = 'mia-4711@example.com';

const found = (over: Partial<EvaluationRequest>, facts = known()) => {
  const one = asked(over);
  const decision = decide(one, facts);
  return { decision, clean: withoutQuotes(decision, one, facts.policy) };
};

test.each([
  ['an unknown tool', { resource: { type: 'tool', id: CANARY, properties: {} } }, { tool: UNKNOWN_NAME }],
  ['an unknown assistant', { assistant: CANARY }, { assistant: UNKNOWN_NAME }],
  [
    'an unknown action, on what is known',
    { action: { name: CANARY, properties: {} } },
    { action: UNKNOWN_NAME, resource: 'tool' },
  ],
  [
    'an unknown argument, beside one that the schema names',
    { arguments: { order_id: 1, [CANARY]: CANARY } },
    {
      errors: expect.arrayContaining([
        { path: `/${UNKNOWN_NAME}`, message: expect.any(String) },
        { path: '/order_id', message: expect.any(String) },
      ]),
    },
  ],
])('%s stays out of what is kept for ever', (_, over, detail) => {
  const { decision, clean } = found(over);
  expect(decision.effect).toBe('deny');
  expect(clean!.detail).toMatchObject(detail);
  expect(clean!.trail.at(-1)!.detail).toEqual(clean!.detail);
  expect(JSON.stringify(clean)).not.toContain(CANARY);
});

test('what quotes nothing stays as it is', () => {
  expect(found({}).clean).toBeNull();
  expect(found({ arguments: {} }).clean).toBeNull();
});

/** The same request with canaries in place of some of its strings and names. */
const poisoned = (value: Json, spots: boolean[]): Json => {
  if (typeof value === 'string') return spots.pop() ? CANARY : value;
  if (Array.isArray(value)) return value.map((item: Json) => poisoned(item, spots));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [spots.pop() ? CANARY : name, poisoned(inner, spots)]),
  );
};

const word = (own: string) => fc.constantFrom(own, own, own, CANARY);
const hostile: fc.Arbitrary<EvaluationRequest> = fc
  .record({
    action: word('tools/call'),
    type: word('tool'),
    tool: fc.oneof(...['find_order', 'refund', 'change_address'].map(word)),
    assistant: word('support'),
    args: fc.constantFrom<Json>({ order_id: 'O-1', amount: 5, to: [{ street: 'x' }] }, [1, 'x'], 'x', {
      a: { b: [] },
    }),
    spots: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  })
  .map(({ action, type, tool, assistant, args, spots }) =>
    asked({
      subject: { type: CANARY, id: CANARY, properties: { [CANARY]: CANARY } },
      action: { name: action, properties: { x: CANARY } },
      resource: { type, id: tool, properties: { x: CANARY } },
      assistant,
      arguments: poisoned(args, [...spots]),
      context: { [CANARY]: CANARY },
    }),
  );

test('whatever is decided, nothing is kept of a request but what the policy names', () => {
  const reasons = new Map<string, number>();
  fc.assert(
    fc.property(
      hostile,
      fc.constantFrom<readonly string[]>([], ['support'], ['other']),
      (one, assistants) => {
        const facts = known({ caller: { id: 'key', assistants } });
        const decision = decide(one, facts);
        const kept = withoutQuotes(decision, one, facts.policy) ?? decision;
        expect(JSON.stringify([kept.detail, kept.trail])).not.toContain(CANARY);
        reasons.set(decision.reason, (reasons.get(decision.reason) ?? 0) + 1);
      },
    ),
    { numRuns: 1_500, seed: 18 },
  );
  for (const reason of ['unknown_tool', 'unknown_assistant', 'unknown_action', 'invalid_arguments'])
    expect(reasons.get(reason), reason).toBeGreaterThan(20);
});
