/** The golden decision tables of packages/policy, asked over the wire: what `decide()` says is what agents are told. */
import { randomUUID } from 'node:crypto';
import type { EvaluationAnswer } from '@reeve/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadCases, loadPolicy, type Case } from '../../../packages/policy/cases/load.js';
import { PLATFORM_TENANT_ID } from '../src/infra/config.js';
import { SYSTEM } from '../src/ledger/actor.js';
import { post } from './support/agent.js';
import { createWorld, type Api, type World } from './support/world.js';

// The clock is the database's, and it holds no malformed facts: cases that set either are asked of decide() only.
const cases = loadCases().filter(
  ({ sets, subject }) => !sets.includes('now') && !sets.includes('spent') && subject?.grants !== null,
);

let world: World;
let api: Api;

beforeAll(async () => {
  world = await createWorld(loadPolicy());
  api = await world.api();
});
afterAll(() => world.close());

it.each(cases)('$file: $description', async (one) => {
  await arrange(one);
  const { secret } = await world.agentKey([...one.key]);
  const { status, body } = await post<EvaluationAnswer>(api, '/access/v1/evaluation', secret, one.request);
  expect(status).toBe(200);
  const { effect, reason, detail, mode } = one.want;
  expect(body.decision).toBe(effect === 'allow');
  expect(body.context).toMatchObject({ effect, reason, ...(mode && { mode }) });
  if (detail !== undefined) expect(body.context.detail ?? {}).toMatchObject(withoutSwitchIds(detail));
});

/** Ids of switches are the store's, not the table's. */
const withoutSwitchIds = (detail: NonNullable<Case['want']['detail']>) =>
  Object.fromEntries(
    Object.entries(detail).filter(([, value]) => typeof value !== 'string' || !/^switch-\d+$/.test(value)),
  );

/** Forgets what was spent, binds the subject and engages the switches of the case, and nothing else's. */
async function arrange({ request, subject, registered, switches }: Case) {
  await world.rows('DELETE FROM decision_state WHERE tenant_id = $1', [world.tenantId]);
  const { type, id } = request.subject;
  await world.changes.make(
    SYSTEM,
    { tenantId: world.tenantId, action: 'kill_switch.lift', reason: 'a golden case is set up' },
    async (tx) => {
      await tx.killSwitch.updateMany({ where: { tenantId: world.tenantId }, data: { liftedAt: new Date() } });
      await tx.subject.deleteMany({ where: { tenantId: world.tenantId, type, id } });
      if (subject !== null) {
        const { roles, grants } = subject;
        await tx.subject.create({
          data: { tenantId: world.tenantId, type, id, roles: [...roles], grants: { ...grants } },
        });
        const key = await world.changes.subjectKey(tx, world.tenantId, type, id);
        const attributes = subject.attributes && Uint8Array.from(key.sealAttributes(subject.attributes));
        await tx.subjectKey.update({
          where: { tenantId_type_id: { tenantId: world.tenantId, type, id } },
          data: { attributes: attributes ?? null },
        });
      }
      await tx.resource.deleteMany({ where: { tenantId: world.tenantId } });
      if (registered !== null)
        await tx.resource.create({
          data: {
            tenantId: world.tenantId,
            type: request.resource.type,
            id: request.resource.id,
            properties: { ...registered },
          },
        });
      for (const one of switches.filter(({ scope }) => scope !== 'global'))
        await tx.killSwitch.create({
          data: { tenantId: world.tenantId, engagedBy: 'test', ...one, id: randomUUID() },
        });
      return { target: id, before: null, after: null, result: null };
    },
  );
  await world.changes.make(
    SYSTEM,
    { tenantId: PLATFORM_TENANT_ID, action: 'kill_switch.lift', reason: 'a golden case is set up' },
    async (tx) => {
      await tx.killSwitch.updateMany({
        where: { tenantId: PLATFORM_TENANT_ID },
        data: { liftedAt: new Date() },
      });
      for (const one of switches.filter(({ scope }) => scope === 'global'))
        await tx.killSwitch.create({
          data: { tenantId: PLATFORM_TENANT_ID, engagedBy: 'test', ...one, id: randomUUID() },
        });
      return { target: 'switches', before: null, after: null, result: null };
    },
  );
}
