/** Bodies are bounded in sum: a caller has a share, what is small is never refused, and an answer gives all of it back. */
import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { sendProblem } from './failure.filter.js';
import { Bodies, BODY_BYTES_MAX, bytesToCome, SMALL_BODY_BYTES } from './bodies.js';

const KB = 1_024;

/** Answers when it is told to. */
function server() {
  const bodies = new Bodies({ total: 100 * KB, share: 60 * KB });
  const app = fastify({ forceCloseConnections: true });
  let read = 0;
  let answerAll: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => {
    answerAll = resolve;
  });
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
  app.addHook('onRequest', (request, reply, done) => {
    try {
      bodies.admit(request.headers['x-who'] as string, request, reply);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  app.post('/', async () => {
    read += 1;
    await answered;
    return {};
  });
  // At once: what inject gives back would only begin when it is waited for.
  const post = async (who: string, bytes: number) => {
    const headers = { 'x-who': who, 'content-type': 'application/json' };
    const payload = JSON.stringify('x'.repeat(bytes - 2));
    const answer = await app.inject({ method: 'POST', url: '/', headers, payload });
    return answer;
  };
  return { post, answerAll: () => answerAll(), read: () => read };
}

it('who has a share under way is told to wait, and nobody else', async () => {
  const { post, answerAll, read } = server();
  const first = post('a', 50 * KB);
  const refused = await post('a', 20 * KB);
  expect(refused.statusCode).toBe(429);
  expect(refused.headers['retry-after']).toBe('1');
  const other = post('b', 50 * KB);
  expect((await post('c', 20 * KB)).statusCode).toBe(503);
  const small = post('a', SMALL_BODY_BYTES);
  answerAll();
  expect(await Promise.all([first, other, small])).toMatchObject(
    [200, 200, 200].map((statusCode) => ({ statusCode })),
  );
  expect(read()).toBe(3);
  expect((await post('a', 60 * KB)).statusCode).toBe(200);
  expect((await post('a', 60 * KB)).statusCode).toBe(200);
});

it('what does not say how long it is, or says too much, counts as the longest', () => {
  expect(bytesToCome({ headers: { 'transfer-encoding': 'chunked' } })).toBe(BODY_BYTES_MAX);
  expect(bytesToCome({ headers: { 'content-length': '99999999' } })).toBe(BODY_BYTES_MAX);
  expect(bytesToCome({ headers: { 'content-length': '20' } })).toBe(20);
  expect(bytesToCome({ headers: {} })).toBe(0);
});
