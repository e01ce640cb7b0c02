import { expect, test } from 'vitest';
import { loadCases, loadPolicy } from '../cases/load.js';
import { spentOf } from '../cases/situation.js';
import { compilePolicy, decide, PIPELINE, REASON_CODES, toRequest } from './index.js';

const policy = compilePolicy(loadPolicy());
const cases = loadCases();

test.each(cases)(
  '$file: $description',
  ({ request, key, subject, registered, switches, spent, now, want }) => {
    const state = spentOf(
      Object.fromEntries(
        Object.entries(spent).map(([name, log]) => [
          name,
          log.map(([ago, count]) => [now - ago * 1000, count] as const),
        ]),
      ),
    );
    const caller = { id: 'key', assistants: key };
    const resource = registered && { properties: registered };
    const facts = { id: 'evaluation', now, caller, subject, resource, switches, policy, state };
    const { stage, ...wanted } = want;
    const decision = decide(toRequest(request, { keyAssistants: key }), facts);
    expect(decision).toMatchObject(wanted);
    if (stage !== undefined) expect(decision.trail.at(-1)?.stage).toBe(stage);
  },
);

test('the tables hold every reason and every stage', () => {
  expect(new Set(cases.map(({ want }) => want.reason))).toEqual(new Set(REASON_CODES));
  const objecting = new Set(cases.map(({ want }) => want.stage));
  expect(PIPELINE.filter(({ name }) => !objecting.has(name))).toEqual([]);
  expect(cases.length).toBeGreaterThanOrEqual(60);
});
