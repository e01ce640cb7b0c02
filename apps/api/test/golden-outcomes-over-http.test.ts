/** The golden accounts of packages/policy, asked and reported over the wire: what `account()` says is what is recorded. */
import type { EvaluationAnswer } from '@reeve/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadOutcomeCases, loadPolicy } from '../../../packages/policy/cases/load.js';
import { post } from './support/agent.js';
import { createWorld, type Api, type World } from './support/world.js';

const cases = loadOutcomeCases();

let world: World;
let api: Api;
let secret: string;

beforeAll(async () => {
  // What an account says does not rest on allowances.
  world = await createWorld({ ...loadPolicy(), quotas: {} });
  api = await world.api();
  const [{ key, subject, request }] = cases as [(typeof cases)[number]];
  ({ secret } = await world.agentKey([...key]));
  await world.bind(request.subject.id, [...subject.roles], { ...subject.grants });
});
afterAll(() => world.close());

it.each(cases)('$description', async ({ request, report, want }) => {
  const asked = await post<EvaluationAnswer>(api, '/access/v1/evaluation', secret, request);
  const { evaluation_id, effect } = asked.body.context;
  expect(effect).toBe(want.effect);
  const reported = await post<{ outcome_id: string }>(api, '/v1/outcomes', secret, {
    evaluation_id,
    ...report,
  });
  expect(reported).toMatchObject({
    status: 201,
    body: { arguments_match: want.argumentsMatch, ungoverned: want.ungoverned },
  });
  const [record] = await world.rows<{ reason: string | null }>(
    `SELECT reason FROM audit_record WHERE tenant_id = $1 AND id = $2`,
    [world.tenantId, reported.body.outcome_id],
  );
  expect(record).toEqual({ reason: want.finding });
});
