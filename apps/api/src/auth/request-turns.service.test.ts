/** Of one credential a few requests are under way, some wait and more are refused; whoever else asks does not notice. */
import type { AddressInfo } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sendProblem } from '../infra/failure.filter.js';
import type { MemberSessions } from './credentials.js';
import { REQUESTS, RequestTurns } from './request-turns.service.js';

let server: FastifyInstance;
let begun: string[];
let answer: () => void;

beforeEach(() => {
  begun = [];
  const may = new Promise<void>((yes) => (answer = yes));
  server = fastify();
  server.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
  const sessions = { tokenOf: ({ headers }) => headers.cookie } as Partial<MemberSessions> as MemberSessions;
  new RequestTurns(sessions).guard(server);
  server.get('/slow', (request) => {
    begun.push(request.headers.authorization ?? request.headers.cookie ?? 'nobody');
    return may.then(() => 'slow');
  });
  server.get('/quick', () => 'quick');
});
afterEach(() => server.close());

const get = (url: string, headers: Record<string, string>) => server.inject({ method: 'GET', url, headers });

it('a few at a time, the others in their turn, and what is more is refused', async () => {
  const bearer = { authorization: 'Bearer one' };
  const all = Array.from({ length: REQUESTS.max + 3 }, () => get('/slow', bearer));
  expect((await get('/quick', { authorization: 'Bearer other' })).body).toBe('quick');
  expect((await get('/quick', { cookie: 'a' })).body).toBe('quick');
  expect((await get('/quick', {})).body).toBe('quick');
  expect(begun).toHaveLength(REQUESTS.atATime);
  answer();
  const answers = (await Promise.all(all)).map(({ statusCode }) => statusCode);
  expect(answers.filter((code) => code === 200)).toHaveLength(REQUESTS.max);
  expect(answers.filter((code) => code === 429)).toHaveLength(3);
  // Nothing is kept of it.
  expect((await get('/quick', bearer)).statusCode).toBe(200);
});

it('a turn ends where somebody leaves before the answer', async () => {
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const leaving = new AbortController();
  const gone = Array.from({ length: REQUESTS.atATime }, () =>
    fetch(`http://127.0.0.1:${port}/slow`, { headers: { cookie: 'a' }, signal: leaving.signal }),
  );
  await expect.poll(() => begun.length).toBe(REQUESTS.atATime);
  leaving.abort();
  await Promise.allSettled(gone);
  expect((await get('/quick', { cookie: 'a' })).body).toBe('quick');
  answer();
});
