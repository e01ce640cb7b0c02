/** What an item throws, or the database says about its row, is its own failure: the questions beside it are answered. */
import { randomBytes } from 'node:crypto';
import type { EvaluationRequest } from '@reeve/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AnsweredHeads } from '../src/ledger/answered-heads.js';
import { DecisionLoop } from '../src/evaluations/decision-loop.js';
import { verifyChain } from './support/chain.js';
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

const ask = (tenantId: string, keyId: string, one: EvaluationRequest) =>
  loop.submit({
    kind: 'ask',
    caller: { tenantId, keyId, assistants: [] },
    requests: [one],
    semantic: 'execute_all',
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

it('of two tenants’ questions in one batch only the bad ones fail, whatever is wrong with them', async () => {
  const { id } = await world.agentKey();
  const other = await world.neighbour();
  const bad: EvaluationRequest[] = [
    request('nul\0'),
    { ...request('r'), arguments: { x: Infinity } },
    { ...request('r'), context: { x: '\ud800' } },
    { ...request('r'), subject: { type: 'user', id: 'nul\0', properties: {} } },
    // Longer than an index row may be.
    { ...request('r'), subject: { type: 'user', id: randomBytes(6_000).toString('hex'), properties: {} } },
    { ...request('r'), arguments: undefined as never },
  ];
  const isBad = (i: number) => i % 25 === 7;
  const asked = Array.from({ length: 6 * 25 }, (_, i) => {
    const what = isBad(i) ? bad[Math.floor(i / 25)]! : request(`run-${i}`);
    return i % 2 === 0 ? ask(world.tenantId, id, what) : ask(other.tenantId, other.keyId, what);
  });
  const settled = await Promise.allSettled(asked);
  expect(settled.map(({ status }) => status)).toEqual(
    asked.map((_, i) => (isBad(i) ? 'rejected' : 'fulfilled')),
  );
  for (const one of settled.filter(({ status }) => status === 'rejected'))
    expect(one).toMatchObject({ reason: { code: 'unavailable' } });
  expect(await verifyChain(world)).toMatchObject({ verdict: 'verified', reachesHead: true });
});

it('a tenant whose policy is gone can’t be decided for, and nobody else waits for it', async () => {
  const { id } = await world.agentKey();
  const other = await world.neighbour();
  await world.rows(
    `WITH named AS (SELECT set_config('app.tenant_ids', $1, false)) UPDATE ledger_head
     SET policy_revision = 9, epoch = epoch + 1 WHERE tenant_id = $1::uuid`,
    [other.tenantId],
  );
  await world.rows(`SELECT set_config('app.tenant_ids', $1, false)`, [world.tenantId]);
  const settled = await Promise.allSettled([
    ask(other.tenantId, other.keyId, request('r')),
    ask(world.tenantId, id, request('r')),
  ]);
  expect(settled).toMatchObject([
    { status: 'rejected', reason: { code: 'unavailable' } },
    { status: 'fulfilled' },
  ]);
});

it('a revoked key among them is refused, the others are decided', async () => {
  const good = await world.agentKey();
  const revoked = await world.agentKey();
  await world.changes.make(
    { kind: 'system', id: 't', name: 't' },
    { tenantId: world.tenantId, action: 'api_key.revoke', reason: 'a test revokes it' },
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
