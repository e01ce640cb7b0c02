/** A subject whose key does not open gets no decision; everybody who shares its batch does, in any tenant. */
import type { EvaluationAnswer } from '@reeve/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, post } from './support/agent.js';
import { createWorld, type Api, type World } from './support/world.js';

let world: World;
let api: Api;
let key: string;
/** What mia was allowed before her key was damaged. */
let evaluationId: string;

beforeAll(async () => {
  world = await createWorld();
  key = (await world.agentKey()).secret;
  await world.bind('noor', ['customer']);
  const before = await world.api();
  evaluationId = (await ask(before, key)).body.context.evaluation_id;
  await ask(before, key, { subject: 'noor' });
  await before.stop();
  await world.rows(
    `UPDATE subject_key SET wrapped_key = set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1) WHERE id = 'mia'`,
  );
  api = await world.api();
});
afterAll(() => world.close());

it('refuses that one, and decides for all who ask beside it', async () => {
  const ids = Array.from({ length: 64 }, (_, i) => (i % 4 === 0 ? 'mia' : i % 4 === 1 ? 'noor' : `new-${i}`));
  const answers = await Promise.all(ids.map((subject) => ask(api, key, { subject })));
  for (const [i, { status, body }] of answers.entries()) {
    expect(status, ids[i]).toBe(ids[i] === 'mia' ? 503 : 200);
    if (ids[i] === 'mia') expect(body).not.toHaveProperty('decision');
    if (ids[i] === 'noor') expect(body.decision).toBe(true);
  }
});

it('takes no outcome of that one, and those of others', async () => {
  const other = (await ask(api, key, { subject: 'noor' })).body.context.evaluation_id;
  const report = (evaluation_id: string) =>
    post<EvaluationAnswer>(api, '/v1/outcomes', key, { evaluation_id, status: 'succeeded' });
  const [damaged, whole] = await Promise.all([report(evaluationId), report(other)]);
  expect(damaged.status).toBe(503);
  expect(whole.status).toBe(201);
});

it('recorded nothing of what it refused', async () => {
  const records = await world.rows(
    `SELECT kind FROM audit_record r JOIN subject_key k ON k.tenant_id = r.tenant_id AND k.ref = r.subject_ref
      WHERE r.tenant_id = $1 AND k.id = 'mia'`,
    [world.tenantId],
  );
  expect(records).toEqual([{ kind: 'evaluation' }]);
});
