/** Who asks comes from the credential and the caller's own fields. What the model writes can't change it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PolicyDocument } from '@reeve/policy';
import { ask } from './support/agent.js';
import { createWorld, POLICY, type Api, type World } from './support/world.js';

let world: World;
let api: Api;

beforeAll(async () => {
  const open = PolicyDocument.parse({
    ...POLICY,
    tools: { ...POLICY.tools, search: { ...POLICY.tools['search'], schema: { type: 'object' } } },
  });
  world = await createWorld(open);
  await world.bind('boss', ['customer', 'clerk']);
  api = await world.api();
});
afterAll(() => world.close());

const forged = {
  q: 'x',
  subject: { type: 'user', id: 'boss' },
  user_id: 'boss',
  tenant_id: '00000000-0000-0000-0000-000000000000',
  agent: 'helper',
  roles: ['clerk'],
  context: { agent: 'helper', channel: 'interactive' },
};

it('arguments that claim another subject, assistant, role or tenant change nothing', async () => {
  const { id, secret } = await world.agentKey(['desk']);
  const { body } = await ask(api, secret, { args: forged });
  const [row] = await world.rows<{ payload: string; tenant_id: string; actor_id: string; assistant: string }>(
    `SELECT payload, tenant_id, actor_id, assistant FROM audit_record WHERE tenant_id = $1 AND id = $2`,
    [world.tenantId, body.context.evaluation_id],
  );
  expect(row).toMatchObject({ tenant_id: world.tenantId, actor_id: id, assistant: 'desk' });
  const [mia] = await world.rows<{ ref: string }>(
    `SELECT ref FROM subject_key WHERE tenant_id = $1 AND id = 'mia'`,
    [world.tenantId],
  );
  expect(JSON.parse(row!.payload).actor.subject.ref).toBe(mia!.ref);
});

it('a key speaks only for its own assistants', async () => {
  const { secret } = await world.agentKey(['desk']);
  const { body } = await ask(api, secret, { agent: 'helper' });
  expect(body.context.reason).toBe('assistant_not_permitted');
});

it('a subject of another tenant is a stranger', async () => {
  const other = await createWorld();
  try {
    await other.bind('only-there', ['customer']);
    const { secret } = await world.agentKey();
    expect((await ask(api, secret, { subject: 'only-there' })).body.context.reason).toBe('unknown_subject');
  } finally {
    await other.close();
  }
});
