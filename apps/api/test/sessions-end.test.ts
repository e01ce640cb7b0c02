/** A session is a random cookie that scripts cannot read; it ends when it should, and a second factor counts once. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ABSOLUTE_MS, SLIDING_MS } from '../src/sign-in/sessions.repository.js';
import { PASSWORD, startApp, type Credential, type TestApp } from './support/app.js';

let reeve: TestApp;
let tenant: string;
let owner: pg.Client;
let nth = 0;

beforeAll(async () => {
  reeve = await startApp();
  tenant = await reeve.addTenant('alpha');
  owner = new pg.Client({ connectionString: reeve.database.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await reeve.close();
});

const member = async () => {
  const email = `m${(nth += 1)}@alpha.test`;
  return { email, credential: await reeve.addMember(tenant, email, ['viewer']) };
};
const post = (path: string, { cookie }: Credential, payload?: object) =>
  reeve.inject({
    method: 'POST',
    url: `/auth/${path}`,
    headers: { cookie: cookie ?? '' },
    ...(payload ? { payload } : {}),
  });
const isIn = async (who: Credential) =>
  (await reeve.graphql(who, '{ session { member { email } } }')).code === undefined;
const rowOf = ({ cookie }: Credential) => createHash('sha256').update(cookie!.split('=')[1]!).digest('hex');

it('keeps a hash, and sets a cookie that is HttpOnly and SameSite', async () => {
  const { email } = await member();
  const answer = await reeve.inject({
    method: 'POST',
    url: '/auth/sign-in',
    payload: { email, password: PASSWORD },
  });
  const [cookie] = answer.cookies;
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(Buffer.from(cookie!.value, 'base64url')).toHaveLength(32);
  const { rows } = await owner.query('SELECT * FROM session');
  expect(JSON.stringify(rows)).not.toContain(cookie!.value);
});

it('ends with sign-out, for good', async () => {
  const { credential } = await member();
  expect(await isIn(credential)).toBe(true);
  expect((await post('sign-out', credential)).statusCode).toBe(204);
  expect(await isIn(credential)).toBe(false);
});

it('slides for 12 hours and ends after 7 days', async () => {
  const { credential } = await member();
  const set = (seen: number, expires: number, created: number) =>
    owner.query(
      `UPDATE session SET seen_at = now() + make_interval(secs => $2), expires_at = now() + make_interval(secs => $3),
       created_at = now() + make_interval(secs => $4) WHERE token_hash = $1`,
      [rowOf(credential), seen / 1000, expires / 1000, created / 1000],
    );
  const leftMs = async () => {
    const { rows } = await owner.query<{ left: number }>(
      'SELECT extract(epoch FROM expires_at - now())::float8 * 1000 AS left FROM session WHERE token_hash = $1',
      [rowOf(credential)],
    );
    return rows[0]!.left;
  };
  await set(-120_000, 60_000, -3_600_000);
  expect(await isIn(credential)).toBe(true);
  expect(Math.abs((await leftMs()) - SLIDING_MS)).toBeLessThan(10_000);

  await set(-120_000, 60_000, -(ABSOLUTE_MS - 600_000));
  expect(await isIn(credential)).toBe(true);
  expect(await leftMs()).toBeLessThan(601_000);

  await set(-120_000, -1000, -3_600_000);
  expect(await isIn(credential)).toBe(false);
});

it('ends everywhere else when the password changes', async () => {
  const { email, credential } = await member();
  const elsewhere = await reeve.signIn(email);
  const next = 'another horse battery';
  expect((await post('password', credential, { currentPassword: 'wrong', password: next })).statusCode).toBe(
    401,
  );
  expect(
    (await post('password', credential, { currentPassword: PASSWORD, password: 'short' })).statusCode,
  ).toBe(422);
  expect((await post('password', credential, { currentPassword: PASSWORD, password: next })).statusCode).toBe(
    204,
  );
  expect(await isIn(elsewhere)).toBe(false);
  expect(await isIn(credential)).toBe(true);
  await expect(reeve.signIn(email)).rejects.toThrow('401');
  expect(await isIn(await reeve.signIn(email, next))).toBe(true);
});

describe('the second factor', () => {
  const enrol = async () => {
    const { email, credential } = await member();
    const { secret } = (await post('totp/enable', credential, { password: PASSWORD })).json<{
      secret: string;
    }>();
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    return {
      email,
      credential,
      code: (offset = 0) => totp.generate({ timestamp: Date.now() + offset * 30_000 }),
    };
  };

  it('is owed after the password, and nothing is open until it is given', async () => {
    const { email, credential, code } = await enrol();
    expect((await post('totp/confirm', credential, { code: code(-1) })).statusCode).toBe(200);
    expect(await isIn(credential)).toBe(true);

    const half = await reeve.signIn(email);
    expect(
      (await reeve.inject({ method: 'GET', url: '/auth/session', headers: { cookie: half.cookie! } })).json(),
    ).toEqual({ state: 'second_factor' });
    expect(await isIn(half)).toBe(false);
    expect(
      (await post('password', half, { currentPassword: PASSWORD, password: 'a new long password' }))
        .statusCode,
    ).toBe(401);
    expect((await post('totp', half, { code: '000000' })).statusCode).toBe(401);

    const given = await post('totp', half, { code: code() });
    expect(given.json()).toEqual({ state: 'signed_in' });
    const whole = { cookie: `${given.cookies[0]!.name}=${given.cookies[0]!.value}` };
    expect(await isIn(whole)).toBe(true);
    expect(await isIn(half)).toBe(false);
  });

  it('takes a code once, also when it comes twice at the same moment', async () => {
    const { email, credential, code } = await enrol();
    await post('totp/confirm', credential, { code: code(-1) });
    const halves = await Promise.all([reeve.signIn(email), reeve.signIn(email)]);
    const now = code();
    const answers = await Promise.all(halves.map((half) => post('totp', half, { code: now })));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 401]));
  });

  it('stands encrypted in the database', async () => {
    const { email } = await enrol();
    const { rows } = await owner.query<{ secret: Buffer }>(
      'SELECT totp_secret AS secret FROM account WHERE email = $1',
      [email],
    );
    expect(rows[0]!.secret).toHaveLength(12 + 20 + 16);
  });

  it('takes the password and a code to switch off', async () => {
    const { credential, code } = await enrol();
    await post('totp/confirm', credential, { code: code(-1) });
    expect((await post('totp/disable', credential, { password: 'wrong', code: code() })).statusCode).toBe(
      401,
    );
    expect((await post('totp/disable', credential, { password: PASSWORD, code: code(-1) })).statusCode).toBe(
      422,
    );
    expect((await post('totp/disable', credential, { password: PASSWORD, code: code() })).statusCode).toBe(
      204,
    );
  });
});
