/** Guessing is slow, looks the same whether or not there is such a member, and never lets in who guessed too often. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTEMPTS_PER_MINUTE, FAILURES_PER_ACCOUNT } from '../src/auth/sign-in-limits.js';
import { PASSWORD, startApp, type TestApp } from './support/app.js';

let reeve: TestApp;
let address = 0;

beforeAll(async () => {
  reeve = await startApp();
  const tenant = await reeve.addTenant('alpha');
  for (const name of ['ana', 'ben', 'cho', 'dan'])
    await reeve.addMember(tenant, `${name}@alpha.test`, ['viewer']);
});
afterAll(() => reeve.close());

const attempt = (email: string, password: string, remoteAddress = `10.0.0.${(address += 1)}`) =>
  reeve.inject({ method: 'POST', url: '/auth/sign-in', payload: { email, password }, remoteAddress });

it('stops guesses at an account, from wherever they come, even the right one', async () => {
  for (let i = 0; i < FAILURES_PER_ACCOUNT; i += 1)
    expect((await attempt('ana@alpha.test', `wrong password ${i}`)).statusCode).toBe(401);
  const right = await attempt('ana@alpha.test', PASSWORD);
  expect(right.statusCode).toBe(429);
  expect(right.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
  expect((await attempt('ben@alpha.test', PASSWORD)).statusCode).toBe(200);
});

it('counts guesses that are sent at once, and lets few of them wait', async () => {
  const round = () =>
    Promise.all(
      Array.from({ length: 2 * FAILURES_PER_ACCOUNT }, () => attempt('cho@alpha.test', 'wrong password')),
    );
  const first = await round();
  const turnedAway = first.filter(({ headers }) => headers['retry-after'] === '1');
  expect(turnedAway.length).toBeGreaterThan(FAILURES_PER_ACCOUNT);
  const answers = [...first, ...(await round()), ...(await round())];
  expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(FAILURES_PER_ACCOUNT);
  expect(answers.every(({ statusCode }) => statusCode === 401 || statusCode === 429)).toBe(true);
});

it('does not count signing in against anyone', async () => {
  for (let i = 0; i < FAILURES_PER_ACCOUNT + 3; i += 1)
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
      attempt('ben@alpha.test', 'wrong'),
      attempt('who@alpha.test', 'wrong'),
    ]);
    const shown = ({ request_id: _, ...rest }: Record<string, unknown>) => rest;
    expect(wrong.statusCode).toBe(401);
    expect(shown(unknown.json())).toEqual(shown(wrong.json()));
    expect(unknown.cookies).toEqual([]);
  });

  it('cost the same work', async () => {
    const time = async (email: string) => {
      const took: number[] = [];
      for (let i = 0; i < 5; i += 1) {
        const start = performance.now();
        await attempt(email, 'wrong');
        took.push(performance.now() - start);
      }
      return Math.min(...took);
    };
    const known = await time('dan@alpha.test');
    const unknown = await time('nowhere@alpha.test');
    expect(unknown / known).toBeGreaterThan(0.4);
    expect(unknown / known).toBeLessThan(2.5);
  });
});
