/** Guessing is slow, looks the same whether or not there is such an account, and keeps nobody else out. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LANE_WAITING, LANE_WIDTH, lanes } from '../src/sign-in/password-lanes.js';
import { ATTEMPTS_PER_MINUTE, FAILURES_PER_GUESSER, FAILURES_SPREAD } from '../src/sign-in/sign-in-limits.js';
import { SeedMembersService } from '../src/members/seed-members.service.js';
import { PASSWORD, REASON, startApp, type TestApp } from './support/app.js';

let reeve: TestApp;
let address = 0;

beforeAll(async () => {
  reeve = await startApp();
  const tenant = await reeve.addTenant('alpha');
  for (const name of ['ana', 'ben', 'cho', 'dan', 'eve', 'fay', 'gus'])
    await reeve.addMember(tenant, `${name}@alpha.test`, ['viewer']);
});
afterAll(() => reeve.close());

const elsewhere = () => `10.0.${address >> 8}.${(address += 1) & 255}`;
const attempt = (email: string, password: string, remoteAddress = elsewhere(), cookie = '') =>
  reeve.inject({
    method: 'POST',
    url: '/auth/sign-in',
    payload: { email, password },
    headers: { cookie },
    remoteAddress,
  });
/** The cookie of a browser that has signed in to the account once. */
const browserOf = async (email: string) => {
  const { cookies } = await attempt(email, PASSWORD);
  const { name, value } = cookies.find((cookie) => cookie.name === 'reeve_browser')!;
  return `${name}=${value}`;
};
const guess = async (email: string, times: number, from?: string) => {
  for (let i = 0; i < times; i += 1)
    expect((await attempt(email, `wrong password ${i}`, from)).statusCode).toBe(401);
};

it('stops a stranger who guesses at an account, even with the right one, and nobody else', async () => {
  await guess('ana@alpha.test', FAILURES_PER_GUESSER, '192.0.2.66');
  const stopped = await attempt('ana@alpha.test', PASSWORD, '192.0.2.66');
  expect(stopped.statusCode).toBe(429);
  expect(stopped.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(0);
  expect((await attempt('ben@alpha.test', PASSWORD, '192.0.2.66')).statusCode).toBe(200);
  // Ana herself, from where she is.
  expect((await attempt('ana@alpha.test', PASSWORD)).statusCode).toBe(200);
});

it('slows guesses that are spread over many addresses, and lets a browser in that was in before', async () => {
  const browser = await browserOf('eve@alpha.test');
  await guess('eve@alpha.test', FAILURES_SPREAD.password);
  expect((await attempt('eve@alpha.test', 'one more')).statusCode).toBe(429);
  const [hers, forged, others] = await Promise.all([
    attempt('eve@alpha.test', PASSWORD, elsewhere(), browser),
    attempt('eve@alpha.test', PASSWORD, elsewhere(), 'reeve_browser=forged'),
    attempt('eve@alpha.test', PASSWORD, elsewhere(), await browserOf('dan@alpha.test')),
  ]);
  expect([hers, forged, others].map(({ statusCode }) => statusCode)).toEqual([200, 429, 429]);
}, 60_000);

describe('a browser that was in before', () => {
  it('keeps its own allowance, which ends too', async () => {
    const browser = await browserOf('fay@alpha.test');
    for (let i = 0; i < FAILURES_PER_GUESSER; i += 1)
      expect((await attempt('fay@alpha.test', 'wrong', elsewhere(), browser)).statusCode).toBe(401);
    expect((await attempt('fay@alpha.test', PASSWORD, elsewhere(), browser)).statusCode).toBe(429);
    expect((await attempt('fay@alpha.test', PASSWORD)).statusCode).toBe(200);
  });

  it('is known by an HttpOnly cookie that opens nothing, and forgotten when the password changes', async () => {
    const entered = await attempt('ben@alpha.test', PASSWORD);
    const [session, browser] = entered.cookies;
    expect(browser).toMatchObject({ name: 'reeve_browser', httpOnly: true, sameSite: 'Lax', path: '/' });
    const inside = await reeve.graphql({ cookie: `reeve_session=${browser!.value}` }, '{ tenants { slug } }');
    expect(inside.code).toBe('UNAUTHENTICATED');

    const changed = await reeve.inject({
      method: 'POST',
      url: '/auth/password',
      headers: { cookie: `${session!.name}=${session!.value}` },
      payload: { currentPassword: PASSWORD, password: 'a new battery horse' },
    });
    expect(changed.statusCode).toBe(204);
    await guess('ben@alpha.test', FAILURES_SPREAD.password);
    const again = (cookie: string) => attempt('ben@alpha.test', 'a new battery horse', elsewhere(), cookie);
    expect((await again(`reeve_browser=${browser!.value}`)).statusCode).toBe(429);
    // The browser in which it was changed is remembered anew.
    expect((await again(`reeve_browser=${changed.cookies[0]!.value}`)).statusCode).toBe(200);
  }, 60_000);
});

it('counts guesses that are sent at once, and lets few of them wait', async () => {
  const round = () =>
    Promise.all(
      Array.from({ length: 2 * FAILURES_PER_GUESSER }, () =>
        attempt('cho@alpha.test', 'wrong password', '192.0.2.77'),
      ),
    );
  const first = await round();
  const turnedAway = first.filter(({ headers }) => headers['retry-after'] === '1');
  expect(turnedAway.length).toBeGreaterThan(0);
  const answers = [...first, ...(await round()), ...(await round())];
  expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(FAILURES_PER_GUESSER);
  expect(answers.every(({ statusCode }) => statusCode === 401 || statusCode === 429)).toBe(true);
});

it('does not count signing in against anyone', async () => {
  for (let i = 0; i < FAILURES_PER_GUESSER + 3; i += 1)
    expect((await attempt('dan@alpha.test', PASSWORD)).statusCode).toBe(200);
});

it('stops an address that tries many accounts', async () => {
  const answers = [];
  for (let i = 0; i < ATTEMPTS_PER_MINUTE + 1; i += 1)
    answers.push((await attempt(`nobody${i}@alpha.test`, 'x', '192.0.2.7')).statusCode);
  expect(answers.at(-1)).toBe(429);
  expect(answers.slice(0, -1)).not.toContain(429);
}, 60_000);

describe('a wrong password and an unknown member', () => {
  it('get the same answer', async () => {
    const [wrong, unknown] = await Promise.all([
      attempt('gus@alpha.test', 'wrong'),
      attempt('who@alpha.test', 'wrong'),
    ]);
    const shown = ({ request_id: _, ...rest }: Record<string, unknown>) => rest;
    expect(wrong.statusCode).toBe(401);
    expect(shown(unknown.json())).toEqual(shown(wrong.json()));
    expect(unknown.cookies).toEqual([]);
  });

  it('cost the same work, however many accounts the address has', async () => {
    await reeve.app
      .get(SeedMembersService)
      .add(
        await reeve.addTenant('beta'),
        { email: 'dan@alpha.test', name: 'Dan', password: 'another battery', roles: ['viewer'] },
        REASON,
      );
    const hashes = vi.spyOn(lanes, 'run');
    for (const email of ['nowhere@alpha.test', 'gus@alpha.test', 'dan@alpha.test']) {
      hashes.mockClear();
      expect((await attempt(email, 'wrong')).statusCode, email).toBe(401);
      expect(hashes, email).toHaveBeenCalledTimes(1);
    }
    for (const [password, there] of [
      [PASSWORD, 'alpha'],
      ['another battery', 'beta'],
    ] as const) {
      const who = await reeve.signIn('dan@alpha.test', password);
      expect((await reeve.graphql(who, '{ tenants { slug } }')).data).toEqual({ tenants: [{ slug: there }] });
    }
  });
});

it('hashes few passwords at once and lets few wait, and a known browser does not wait behind strangers', async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const held = Array.from({ length: LANE_WIDTH + LANE_WAITING }, () => lanes.run('stranger', () => released));
  await expect(lanes.run('stranger', async () => 1)).rejects.toMatchObject({ code: 'rate_limited' });
  expect(await lanes.run('known', async () => 1)).toBe(1);
  release();
  await Promise.all(held);
});
