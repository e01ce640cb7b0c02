/** Who may stop what, what has to be typed, and when a lift takes two people: asked by the API, not by the console. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EDITS, REASON, startApp, type Credential, type TestApp } from './support/app.js';

let reeve: TestApp;
let admins: [Credential, Credential];
let operator: Credential;
let owner: Credential;
let automation: Credential;

beforeAll(async () => {
  reeve = await startApp();
  admins = [await reeve.addAdmin('one@reeve.test'), await reeve.addAdmin('two@reeve.test')];
  const tenant = await reeve.addTenant('alpha');
  await reeve.publish(tenant, EDITS);
  operator = await reeve.addMember(tenant, 'op@alpha.test', ['operator']);
  owner = await reeve.addMember(tenant, 'owner@alpha.test', ['owner']);
  automation = await reeve.managementKey(tenant, ['owner', 'operator']);
});
afterAll(() => reeve.close());

const SHOWN = 'id version mode scope target liftProposedBy liftedBy liftedAt needsSecondPerson reason';
const engage = (who: Credential, fields: string) =>
  reeve.graphql(
    who,
    `mutation { engageKillSwitch(tenant: "alpha", ${fields}, reason: "${REASON}") { ${SHOWN} } }`,
  );
const lift = (who: Credential, { id, version }: { id: string; version: number }, confirm: string) =>
  reeve.graphql(
    who,
    `mutation { liftKillSwitch(tenant: "alpha", id: "${id}", expectedVersion: ${version}, confirm: "${confirm}", reason: "${REASON}") { ${SHOWN} } }`,
  );
const engaged = async (who: Credential, fields: string) =>
  (await engage(who, fields)).data!['engageKillSwitch'] as { id: string; version: number };

describe('stopping', () => {
  it('knows what it stops', async () => {
    for (const fields of [
      'scope: tool, target: "nope", mode: stopped',
      'scope: assistant, target: "", mode: stopped',
      'scope: tool_class, target: "scary", mode: stopped',
      'scope: tenant, target: "x", mode: stopped',
    ])
      expect((await engage(operator, fields)).code, fields).toBe('BAD_USER_INPUT');
  });

  it('tightens what is stopped already, and says what is in force instead of loosening it', async () => {
    const first = await engaged(operator, 'scope: tool_class, target: "dangerous", mode: read_only');
    const tightened = await engage(owner, 'scope: tool_class, target: "dangerous", mode: stopped');
    expect(tightened.data!['engageKillSwitch']).toMatchObject({ id: first.id, mode: 'stopped', version: 2 });
    for (const mode of ['stopped', 'read_only', 'answers_only']) {
      const again = await engage(operator, `scope: tool_class, target: "dangerous", mode: ${mode}`);
      expect(again.code).toBe('CONFLICT');
      expect(again.errors[0]!.extensions['details']).toMatchObject({
        id: first.id,
        mode: 'stopped',
        version: 2,
      });
    }
    expect(
      (await lift(operator, { id: first.id, version: 2 }, 'dangerous')).data!['liftKillSwitch'],
    ).toMatchObject({ liftedBy: 'op@alpha.test' });
  });
});

describe('lifting', () => {
  it('takes the name as typed and the version seen', async () => {
    const stop = await engaged(operator, 'scope: tenant, mode: answers_only');
    expect((await lift(operator, stop, 'Alpha')).errors[0]!.extensions['errors']).toMatchObject([
      { path: 'confirm' },
    ]);
    expect((await lift(operator, { ...stop, version: 9 }, 'alpha')).code).toBe('CONFLICT');
    expect((await lift(operator, stop, 'alpha')).code).toBeUndefined();
    expect((await lift(operator, { ...stop, version: 2 }, 'alpha')).code).toBe('CONFLICT');
  });

  it('takes two people where the tenant says so', async () => {
    const set = (on: boolean, version: number) =>
      reeve.graphql(
        owner,
        `mutation { updateTenant(tenant: "alpha", twoPersonLift: ${on}, expectedVersion: ${version}, reason: "${REASON}") { version } }`,
      );
    await set(true, 1);
    const stop = await engaged(operator, 'scope: tool, target: "refund", mode: stopped');
    const proposed = (await lift(operator, stop, 'refund')).data!['liftKillSwitch'];
    expect(proposed).toMatchObject({
      liftProposedBy: 'op@alpha.test',
      liftedAt: null,
      needsSecondPerson: true,
      version: 2,
    });
    expect((await lift(operator, proposed, 'refund')).code).toBe('FORBIDDEN');
    expect((await lift(automation, proposed, 'refund')).code).toBe('FORBIDDEN');
    expect((await lift(owner, proposed, 'refund')).data!['liftKillSwitch']).toMatchObject({
      liftedBy: 'owner@alpha.test',
    });
    await set(false, 2);
  });
});

describe('the global stop', () => {
  it('is the platform’s, typed, and lifted by two', async () => {
    expect((await engage(owner, 'scope: global, mode: stopped, confirm: "STOP ALL"')).code).toBe('FORBIDDEN');
    expect(
      (await engage(admins[0], 'scope: global, mode: stopped')).errors[0]!.extensions['errors'],
    ).toMatchObject([{ path: 'confirm' }]);
    const stop = await engaged(admins[0], 'scope: global, mode: stopped, confirm: "STOP ALL"');
    const seen = await reeve.graphql(operator, '{ killSwitches(tenant: "alpha") { id scope tenant } }');
    expect(seen.data!['killSwitches']).toEqual([{ id: stop.id, scope: 'global', tenant: '_platform' }]);

    expect((await lift(owner, stop, 'LIFT ALL')).code).toBe('FORBIDDEN');
    const proposed = (await lift(admins[0], stop, 'LIFT ALL')).data!['liftKillSwitch'];
    expect(proposed).toMatchObject({ liftedAt: null, needsSecondPerson: true });
    expect((await lift(admins[0], proposed, 'LIFT ALL')).code).toBe('FORBIDDEN');
    expect((await lift(admins[1], proposed, 'LIFT ALL')).data!['liftKillSwitch'].liftedAt).toBeTruthy();
    expect(
      (await reeve.graphql(operator, '{ killSwitches(tenant: "alpha") { id } }')).data!['killSwitches'],
    ).toEqual([]);
  });
});
