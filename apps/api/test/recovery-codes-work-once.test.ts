/** Recovery codes: shown once, hashed, good for one sign-in each, replaced together, each use and renewal a record. */
import pg from 'pg';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PASSWORD, startApp, type Credential, type TestApp } from './support/app.js';
import { cookieOf } from './support/people.js';

let reeve: TestApp;
let admin: Credential;
let tenant: string;
let nth = 0;

beforeAll(async () => {
  reeve = await startApp();
  admin = await reeve.addAdmin();
  tenant = await reeve.addTenant('alpha');
});
afterAll(() => reeve.close());

const post = (path: string, { cookie }: Credential, payload: object) =>
  reeve.inject({ method: 'POST', url: `/auth/${path}`, headers: { cookie: cookie ?? '' }, payload });
const left = async (who: Credential) =>
  (await reeve.graphql(who, '{ session { member { recoveryCodes totpEnabled } } }')).data?.['session']
    .member as {
    recoveryCodes: number;
    totpEnabled: boolean;
  };
const recorded = async () => {
  const { data } = await reeve.graphql(
    admin,
    '{ auditRecords(tenant: "_platform", first: 5) { nodes { action } } }',
  );
  return (data!['auditRecords'].nodes as { action: string }[]).map(({ action }) => action);
};
const enrolled = async () => {
  const email = `m${(nth += 1)}@alpha.test`;
  const who = await reeve.addMember(tenant, email, ['viewer']);
  const { secret } = (await post('totp/enable', who, { password: PASSWORD })).json<{ secret: string }>();
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const code = (offset = 0) => totp.generate({ timestamp: Date.now() + offset * 30_000 });
  const on = await post('totp/confirm', who, { code: code(-1) });
  return { email, who, code, codes: on.json<{ recoveryCodes: string[] }>().recoveryCodes };
};
/** The status of the second step with this code. */
const enter = async (email: string, code: string) =>
  (await post('totp', await reeve.signIn(email), { code })).statusCode;

it('are ten, shown when the second factor is turned on, and stand in the database as hashes', async () => {
  const { who, codes } = await enrolled();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(await left(who)).toEqual({ recoveryCodes: 10, totpEnabled: true });
  const database = new pg.Client({ connectionString: reeve.database.url });
  await database.connect();
  const { rows } = await database.query('SELECT * FROM recovery_code');
  await database.end();
  expect(rows.length).toBeGreaterThanOrEqual(10);
  expect(JSON.stringify(rows)).not.toContain(codes[0]);
  expect((await recorded())[0]).toBe('account.second_factor_on');
});

it('each let in once, however they are typed, also when one comes twice at the same moment', async () => {
  const { email, codes } = await enrolled();
  const typed = codes[0]!.toLowerCase().replaceAll('-', ' ');
  expect(await enter(email, typed)).toBe(200);
  expect((await recorded())[0]).toBe('account.recovery_code_used');
  expect(await enter(email, codes[0]!)).toBe(401);
  const halves = await Promise.all([reeve.signIn(email), reeve.signIn(email)]);
  const answers = await Promise.all(halves.map((half) => post('totp', half, { code: codes[1]! })));
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 401]));
  expect((await left(cookieOf(answers.find(({ statusCode }) => statusCode === 200)!))).recoveryCodes).toBe(8);
});

it('belong to one account', async () => {
  const [one, other] = [await enrolled(), await enrolled()];
  expect(await enter(other.email, one.codes[0]!)).toBe(401);
  expect(await enter(one.email, one.codes[0]!)).toBe(200);
});

it('are replaced together, for the password and an authenticator’s code', async () => {
  const { email, who, code, codes } = await enrolled();
  const renew = (password: string, given: string) => post('recovery-codes', who, { password, code: given });
  expect((await renew('wrong', code())).statusCode).toBe(401);
  expect((await renew(PASSWORD, codes[0]!)).statusCode).toBe(422);
  expect((await renew(PASSWORD, '000000')).statusCode).toBe(422);
  const renewed = await renew(PASSWORD, code());
  expect(renewed.statusCode).toBe(200);
  expect((await recorded())[0]).toBe('account.recovery_codes_made');
  expect(await enter(email, codes[0]!)).toBe(401);
  expect(await enter(email, renewed.json<{ recoveryCodes: string[] }>().recoveryCodes[0]!)).toBe(200);
});

it('turn the second factor off for whoever lost the authenticator, and go with it', async () => {
  const { who, codes } = await enrolled();
  expect((await post('totp/disable', who, { password: PASSWORD, code: codes[0]! })).statusCode).toBe(204);
  expect(await left(who)).toEqual({ recoveryCodes: 0, totpEnabled: false });
  expect((await recorded())[0]).toBe('account.second_factor_off');
});

it('are records of the platform, and no tenant’s', async () => {
  const owner = await reeve.addMember(tenant, 'owner@alpha.test', ['owner']);
  const { data } = await reeve.graphql(
    owner,
    '{ auditRecords(tenant: "alpha", first: 200) { nodes { action } } }',
  );
  const actions = (data!['auditRecords'].nodes as { action: string }[]).map(({ action }) => action);
  expect(actions.length).toBeGreaterThan(5);
  expect(actions.filter((action) => action.startsWith('account.'))).toEqual([]);
});
