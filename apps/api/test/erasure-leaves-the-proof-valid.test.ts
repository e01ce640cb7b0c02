/** Records hold nothing personal; deleting a subject's key erases the person, and the chain verifies as before. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from './support/agent.js';
import { verifyChain } from './support/chain.js';
import { createWorld, type Api, type World } from './support/world.js';

let world: World;
let api: Api;
let key: string;

beforeAll(async () => {
  world = await createWorld();
  key = (await world.agentKey(['desk'])).secret;
  api = await world.api();
  await world.bind('eve.person@example.com', ['customer']);
});
afterAll(() => world.close());

it('a record names neither the person nor what they asked', async () => {
  const { body } = await ask(api, key, {
    subject: 'eve.person@example.com',
    args: { q: 'a very private thing' },
  });
  const [row] = await world.rows<{ row: string }>(
    `SELECT a::text || encode(e.ciphertext, 'escape') AS row FROM audit_record a JOIN evidence e USING (tenant_id, seq) WHERE tenant_id = $1 AND a.id = $2`,
    [world.tenantId, body.context.evaluation_id],
  );
  expect(row!.row).not.toContain('eve.person');
  expect(row!.row).not.toContain('private thing');
});

it('after erasure the evidence can’t be opened, the chain still verifies, and a new pseudonym is made', async () => {
  const before = await refOf();
  // As an admin's change: the row goes and the head's epoch moves, in one transaction.
  await world.rows(
    `WITH erased AS (DELETE FROM subject_key WHERE tenant_id = $1 AND id = 'eve.person@example.com')
     UPDATE ledger_head SET epoch = epoch + 1 WHERE tenant_id = $1`,
    [world.tenantId],
  );
  expect(await verifyChain(world)).toMatchObject({ verdict: 'verified', reachesHead: true });
  expect((await ask(api, key, { subject: 'eve.person@example.com' })).body.decision).toBe(true);
  expect(await refOf()).not.toBe(before);
});

async function refOf() {
  const [row] = await world.rows<{ ref: string }>(
    `SELECT ref FROM subject_key WHERE tenant_id = $1 AND id = 'eve.person@example.com'`,
    [world.tenantId],
  );
  return row!.ref;
}
