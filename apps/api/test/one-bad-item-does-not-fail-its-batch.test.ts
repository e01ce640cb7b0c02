/** An item that the database refuses fails alone: the questions that shared its batch are answered. */
import type { EvaluationRequest } from '@reeve/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AnsweredHeads } from '../src/ledger/answered-heads.js';
import { DecisionLoop } from '../src/evaluations/decision-loop.js';
import { createWorld, type World } from './support/world.js';

let world: World;
let loop: DecisionLoop;

beforeAll(async () => {
  world = await createWorld();
  loop = new DecisionLoop(world.config, world.keyring, world.subjectKeys, new AnsweredHeads());
});
afterAll(async () => {
  await loop.onApplicationShutdown();
  await world.close();
});

const request = (runId: string): EvaluationRequest => ({
  subject: { type: 'user', id: 'mia', properties: {} },
  action: { name: 'tools/call', properties: {} },
  resource: { type: 'tool', id: 'search', properties: {} },
  arguments: { q: 'x' },
  assistant: 'desk',
  channel: 'interactive',
  runId,
  threadId: null,
  context: {},
});

it('its neighbours are decided and it is refused', async () => {
  const { id } = await world.agentKey();
  const caller = { tenantId: world.tenantId, keyId: id, assistants: [] };
  // The door refuses NUL (fuzzed-bodies-give-no-5xx); here it gets past it, as a future defect might let it.
  const items = ['a', 'b', 'nul\0', 'c'].map((runId) =>
    loop.submit({ kind: 'ask', caller, requests: [request(runId)], semantic: 'execute_all' }),
  );
  const settled = await Promise.allSettled(items);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(settled[2]).toMatchObject({ reason: { code: 'unavailable' } });
});

it('a revoked key among them is refused, the others are decided', async () => {
  const good = await world.agentKey();
  const revoked = await world.agentKey();
  await world.changes.make(
    { kind: 'system', id: 't', name: 't' },
    world.tenantId,
    'api_key.revoke',
    'a test revokes it',
    async (tx) => {
      await tx.apiKey.update({
        where: { tenantId_id: { tenantId: world.tenantId, id: revoked.id } },
        data: { revokedAt: new Date() },
      });
      return { target: revoked.id, before: null, after: null, result: null };
    },
  );
  const settled = await Promise.allSettled(
    [good, revoked, good].map(({ id }) =>
      loop.submit({
        kind: 'ask',
        caller: { tenantId: world.tenantId, keyId: id, assistants: [] },
        requests: [request('r')],
        semantic: 'execute_all',
      }),
    ),
  );
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(settled[1]).toMatchObject({ reason: { code: 'unauthenticated' } });
});
