/** Who guesses can't look like many, nor lock out somebody else: a forwarded address counts from named proxies only. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTEMPTS_PER_MINUTE } from '../src/sign-in/sign-in-limits.js';
import { readConfig } from '../src/infra/config.js';
import { startApp, type TestApp } from './support/app.js';

const AT_A_TIME = 10;

let nth = 0;
let reeve: TestApp;

const guess = async (remoteAddress: string, forwarded: string) =>
  (
    await reeve.inject({
      method: 'POST',
      url: '/auth/sign-in',
      remoteAddress,
      headers: { 'x-forwarded-for': forwarded },
      payload: { email: `nobody${(nth += 1)}@alpha.test`, password: 'x' },
    })
  ).statusCode;
/** A few at a time: more would be turned away for the work that a guess is, not for whose it is. */
async function guessUntilStopped(remoteAddress: string, forwarded: (n: number) => string) {
  const answers: number[] = [];
  for (let n = 0; n < ATTEMPTS_PER_MINUTE; n += AT_A_TIME)
    answers.push(
      ...(await Promise.all(
        Array.from({ length: AT_A_TIME }, (_, i) => guess(remoteAddress, forwarded(n + i))),
      )),
    );
  return answers;
}

describe('by default', () => {
  beforeAll(async () => void (reeve = await startApp()));
  afterAll(() => reeve.close());

  it('the header is nobody’s way around the limit, and nobody’s way to use up another’s', async () => {
    const answers = await guessUntilStopped('192.0.2.7', (n) => `198.51.100.${n}`);
    expect(new Set(answers)).toEqual(new Set([401]));
    expect(await guess('192.0.2.7', '198.51.100.200')).toBe(429);
    expect(await guess('203.0.113.1', '192.0.2.7')).toBe(401);
  });
});

describe('behind a proxy that was named', () => {
  beforeAll(async () => void (reeve = await startApp({ REEVE_TRUST_PROXY: '10.9.0.1, 10.8.0.0/16' })));
  afterAll(() => reeve.close());

  it('each client counts for itself, by what the proxy wrote and not by what it was sent', async () => {
    await guessUntilStopped('10.9.0.1', (n) => `198.51.100.${n}, 192.0.2.7`);
    expect(await guess('10.9.0.1', '192.0.2.7')).toBe(429);
    expect(await guess('10.9.0.1', '192.0.2.7, 10.8.1.1')).toBe(429);
    expect(await guess('192.0.2.7', '198.51.100.200')).toBe(429);
    expect(await guess('10.9.0.1', '192.0.2.8')).toBe(401);
    expect(await guess('203.0.113.1', '192.0.2.7')).toBe(401);
  });
});

it.each(['1', 'true', '*', 'proxy.internal', '10.0.0.0/33', '10.0.0.1, nonsense', '0.0.0.0/0', '::/0'])(
  'a start is refused with REEVE_TRUST_PROXY=%s',
  (value) => {
    const start = () => readConfig({ DATABASE_URL: 'postgres://x@localhost/x', REEVE_TRUST_PROXY: value });
    expect(start).toThrow(
      /REEVE_TRUST_PROXY(\.\d)?: (must be an IP address or a CIDR range|would believe everybody)/,
    );
  },
);
