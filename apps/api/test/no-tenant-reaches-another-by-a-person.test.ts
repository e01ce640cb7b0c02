/**
 * Nothing a tenant does - making an account first, inviting, removing, a link, an address typed - gives it or its people
 * access to another tenant, or tells it that an address has an account elsewhere, its name, id or second factor.
 */
import { Secret, TOTP } from 'otpauth';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, REASON, startApp, type Credential, type TestApp } from './support/app.js';
import { cookieOf, People } from './support/people.js';

let reeve: TestApp;
let people: People;
let a: Credential;
let b: Credential;
let database: pg.Client;
let nth = 0;

beforeAll(async () => {
  reeve = await startApp();
  people = new People(reeve);
  a = await reeve.addMember(await reeve.addTenant('alpha'), 'owner@alpha.test', ['owner']);
  b = await reeve.addMember(await reeve.addTenant('beta'), 'owner@beta.test', ['owner']);
  database = new pg.Client({ connectionString: reeve.database.url });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await reeve.close();
});

const address = () => `cfo${(nth += 1)}@beta.test`;
const EVIL = 'known to the owner of alpha';
const OWN = 'known to the person alone';

/** Whether anybody gets into beta by this address and password. */
const entersBeta = async (email: string, password: string) => {
  const answer = await people.signIn(email, password);
  return answer.statusCode === 200 && (await people.tenantsOf(cookieOf(answer))).includes('beta');
};
const post = (path: string, { cookie }: Credential, payload: object) =>
  reeve.inject({ method: 'POST', url: `/auth/${path}`, headers: { cookie: cookie ?? '' }, payload });

/** Switches the second factor on. */
const secondFactor = async (who: Credential, password: string) => {
  const { secret } = (await post('totp/enable', who, { password })).json<{ secret: string }>();
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const code = (offset = 0) => totp.generate({ timestamp: Date.now() + offset * 30_000 });
  expect((await post('totp/confirm', who, { code: code(-1) })).statusCode).toBe(200);
  return code;
};

describe('the attacks that were walked', () => {
  it('(a) an account made first does not join when another tenant adds its address', async () => {
    const email = address();
    const made = await people.joinAsNew((await people.add(a, 'alpha', email, ['owner'])).token, EVIL);
    const evil = cookieOf(made);
    const { token, member } = await people.add(b, 'beta', email, ['owner']);
    expect(member).toMatchObject({ state: 'invited', name: 'As beta calls them' });

    expect(await people.tenantsOf(evil)).toEqual(['alpha']);
    expect(await entersBeta(email, EVIL)).toBe(false);
    const asked = await reeve.graphql(evil, '{ auditRecords(tenant: "beta") { totalCount } }');
    expect(asked.code).toBe('NOT_FOUND');
    const key = await reeve.graphql(
      evil,
      `mutation { createApiKey(tenant: "beta", name: "k", kind: management, roles: [owner], expiresInDays: 1, reason: "${REASON}") { secret } }`,
    );
    expect(key.code).toBe('NOT_FOUND');

    // The person opens beta's link: another account, whose password alpha's owner does not know.
    expect((await people.joinAsNew(token, OWN)).statusCode).toBe(200);
    expect(await entersBeta(email, EVIL)).toBe(false);
    expect(await entersBeta(email, OWN)).toBe(true);
    expect(await people.tenantsOf(evil)).toEqual(['alpha']);
  });

  it('(b) an old link sets nothing once its member was removed', async () => {
    const email = address();
    const old = await people.add(a, 'alpha', email);
    await people.remove(a, 'alpha', old.member.id);
    const { token } = await people.add(b, 'beta', email);
    expect((await people.joinAsNew(token, OWN)).statusCode).toBe(200);
    for (const path of ['link', 'link/new-account'])
      expect(
        (await post(path, {}, { token: old.token, ...(path === 'link' ? {} : { password: EVIL }) }))
          .statusCode,
      ).toBe(410);
    expect(await entersBeta(email, EVIL)).toBe(false);
    expect(await entersBeta(email, OWN)).toBe(true);
  });

  it('(c) whoever made the account does not come along when its holder joins with it', async () => {
    const email = address();
    const made = cookieOf(await people.joinAsNew((await people.add(a, 'alpha', email)).token, EVIL));
    const { cookies } = await people.signIn(email, EVIL);
    const browser = cookies.find(({ name }) => name === 'reeve_browser')!;
    const { token } = await people.add(b, 'beta', email);
    // The person was told the password, and believes that the account is theirs.
    const joined = await people.joinAsExisting(token, EVIL, OWN);
    expect(joined.statusCode).toBe(200);
    expect(await people.tenantsOf(cookieOf(joined))).toEqual(['alpha', 'beta']);

    expect(await people.tenantsOf(made)).toEqual([]);
    expect((await people.signIn(email, EVIL)).statusCode).toBe(401);
    const { rows } = await database.query(
      'SELECT 1 FROM remembered_browser b JOIN account a ON a.id = b.account_id WHERE a.email = $1',
      [email],
    );
    expect(rows).toHaveLength(1);
    expect(browser.value).not.toBe('');
  });
});

describe('a person who is in two tenants', () => {
  const inBoth = async () => {
    const email = address();
    const inA = await people.add(a, 'alpha', email);
    const code = await secondFactor(cookieOf(await people.joinAsNew(inA.token, PASSWORD)), PASSWORD);
    const inB = await people.add(b, 'beta', email);
    return { email, code, inA, inB };
  };

  it('has proved both: the password and the second factor of the one, the link of the other', async () => {
    const { code, inB } = await inBoth();
    const join = (password: string, given?: string) => people.joinAsExisting(inB.token, password, OWN, given);
    expect((await join('wrong')).statusCode).toBe(401);
    const owed = await join(PASSWORD);
    expect([owed.json(), owed.cookies]).toEqual([{ state: 'second_factor' }, []]);
    expect((await join(PASSWORD, '000000')).statusCode).toBe(401);
    expect((await join('wrong', code())).statusCode).toBe(401);
    const joined = await join(PASSWORD, code());
    expect(joined.json()).toEqual({ state: 'signed_in' });
    expect(await people.tenantsOf(cookieOf(joined))).toEqual(['alpha', 'beta']);
  });

  it('is not to be told from anybody else by either: ids, names, second factor, records', async () => {
    const { email, code, inA, inB } = await inBoth();
    const stranger = address();
    const other = await people.add(b, 'beta', stranger);
    const seen = async () => {
      const [theirs, others] = await Promise.all([
        people.find(b, 'beta', email),
        people.find(b, 'beta', stranger),
      ]);
      const { data } = await reeve.graphql(
        b,
        '{ auditRecords(tenant: "beta", first: 20) { nodes { action actor target reason payload } } }',
      );
      const nodes = data!['auditRecords'].nodes as { target: string; payload: string }[];
      const about = (id: string) =>
        nodes
          .filter(({ target }) => target === `member:${id}`)
          .map(({ payload, ...rest }) => {
            const { change, actor } = JSON.parse(payload) as { change: object; actor: object };
            return JSON.stringify({ ...rest, change, actor }).replaceAll(id, 'ID');
          });
      const shape = ({ id: _, email: _e, createdAt: _c, ...rest }: Record<string, unknown>) => rest;
      expect(shape({ ...theirs })).toEqual(shape({ ...others }));
      expect(about(theirs.id)).toEqual(about(others.id));
      expect(about(theirs.id).length).toBeGreaterThan(0);
    };
    await seen();
    const looks = await Promise.all([inB, other].map(({ token }) => people.look(token)));
    const [known, unknown] = looks.map((answer) => {
      const { email: _, expiresAt: _e, ...rest } = answer.json<Record<string, unknown>>();
      return rest;
    });
    expect(known).toEqual(unknown);

    expect((await people.joinAsExisting(inB.token, PASSWORD, OWN, code())).statusCode).toBe(200);
    expect((await people.joinAsNew(other.token, OWN)).statusCode).toBe(200);
    await seen();
    const [{ id: idA }, { id: idB }] = await Promise.all([
      people.find(a, 'alpha', email),
      people.find(b, 'beta', email),
    ]);
    expect([idA, idB]).toEqual([inA.member.id, inB.member.id]);
    const account = await database.query<{ id: string }>('SELECT id FROM account WHERE email = $1', [email]);
    expect(new Set([idA, idB, account.rows[0]!.id]).size).toBe(3);
  });

  it('acts in each under that tenant’s own id and name', async () => {
    const email = address();
    await people.joinAsNew((await people.add(a, 'alpha', email, ['owner'])).token, PASSWORD);
    const { token } = await people.add(b, 'beta', email, ['owner']);
    const who = cookieOf(await people.joinAsExisting(token, PASSWORD, OWN));
    const ids: string[] = [];
    for (const tenant of ['alpha', 'beta']) {
      await people.add(who, tenant, address());
      const { data } = await reeve.graphql(
        who,
        `{ auditRecords(tenant: "${tenant}", first: 1) { nodes { actor payload } } session { tenants { memberId tenant { slug } } } }`,
      );
      const [record] = data!['auditRecords'].nodes as { actor: string; payload: string }[];
      expect(record!.actor).toBe(`As ${tenant} calls them`);
      const { id } = (JSON.parse(record!.payload) as { actor: { id: string } }).actor;
      const places = data!['session'].tenants as { memberId: string; tenant: { slug: string } }[];
      expect(places.find((place) => place.tenant.slug === tenant)!.memberId).toBe(id);
      ids.push(id);
    }
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('keeps the other tenant, and its sessions, when one removes or disables them', async () => {
    const { email, code, inA, inB } = await inBoth();
    const who = cookieOf(await people.joinAsExisting(inB.token, PASSWORD, OWN, code()));
    await people.setDisabled(a, 'alpha', inA.member.id, true);
    expect(await people.tenantsOf(who)).toEqual(['beta']);
    await people.setDisabled(a, 'alpha', inA.member.id, false);
    expect(await people.tenantsOf(who)).toEqual(['alpha', 'beta']);
    await people.remove(a, 'alpha', inA.member.id);
    expect(await people.tenantsOf(who)).toEqual(['beta']);
    expect((await people.find(b, 'beta', email)).state).toBe('active');
    await people.remove(b, 'beta', inB.member.id);
    expect(await people.tenantsOf(who)).toEqual([]);
    const { rows } = await database.query('SELECT 1 FROM account WHERE email = $1', [email]);
    expect(rows).toEqual([]);
  });

  it('loses only the one tenant to a new link of that tenant, which resets no password', async () => {
    const { email, code, inA, inB } = await inBoth();
    const who = cookieOf(await people.joinAsExisting(inB.token, PASSWORD, OWN, code()));
    const { token } = await people.newLink(a, 'alpha', inA.member.id);
    expect((await people.look(token)).json()).toMatchObject({ replaces: true });
    const taken = cookieOf(await people.joinAsNew(token, EVIL));
    expect(await people.tenantsOf(taken)).toEqual(['alpha']);
    expect(await people.tenantsOf(who)).toEqual(['beta']);
    expect(await entersBeta(email, EVIL)).toBe(false);
    const still = await people.signIn(email, OWN);
    expect(still.json()).toEqual({ state: 'second_factor' });
  });
});

it('a platform administrator’s account is not to be had through a tenant', async () => {
  const email = address();
  const admin = await reeve.addAdmin(email);
  const { token } = await people.add(a, 'alpha', email, ['owner']);
  const taken = cookieOf(await people.joinAsNew(token, EVIL));
  expect(await people.tenantsOf(taken)).toEqual(['alpha']);
  expect((await reeve.graphql(taken, '{ platformAdministrators { id } }')).code).toBe('FORBIDDEN');
  expect(await people.tenantsOf(admin)).toEqual(['alpha', 'beta']);
  const { member } = await people.newLink(a, 'alpha', (await people.find(a, 'alpha', email)).id);
  await people.remove(a, 'alpha', member.id);
  expect(await people.tenantsOf(admin)).toEqual(['alpha', 'beta']);
});

it('whoever races for one place, one is in and the others find the link gone', async () => {
  const email = address();
  await people.joinAsNew((await people.add(a, 'alpha', email)).token, PASSWORD);
  const { token } = await people.add(b, 'beta', email);
  const answers = await Promise.all([
    people.joinAsNew(token, EVIL),
    people.joinAsExisting(token, PASSWORD, OWN),
    people.joinAsNew(token, OWN),
  ]);
  const codes = answers.map(({ statusCode }) => statusCode);
  expect(codes.every((code) => code === 200 || code === 410)).toBe(true);
  expect((await people.find(b, 'beta', email)).state).toBe('active');
  const entered = await Promise.all(
    answers
      .filter(({ statusCode }) => statusCode === 200)
      .map(async (answer) => (await people.tenantsOf(cookieOf(answer))).includes('beta')),
  );
  expect(entered.filter(Boolean)).toHaveLength(1);
});

it('an account that leaves its last tenant while it joins another is not lost half way', async () => {
  const email = address();
  const inA = await people.add(a, 'alpha', email);
  await people.joinAsNew(inA.token, PASSWORD);
  const { token } = await people.add(b, 'beta', email);
  const [joined] = await Promise.all([
    people.joinAsExisting(token, PASSWORD, OWN),
    people.remove(a, 'alpha', inA.member.id),
  ]);
  const { rows } = await database.query('SELECT 1 FROM account WHERE email = $1', [email]);
  const member = await people.find(b, 'beta', email);
  if (joined.statusCode === 200) {
    expect([rows.length, member.state]).toEqual([1, 'active']);
    expect(await people.tenantsOf(cookieOf(joined))).toEqual(['beta']);
  } else {
    expect(joined.statusCode).toBe(409);
    expect([rows.length, member.state]).toEqual([0, 'invited']);
  }
});
