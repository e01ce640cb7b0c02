/** A GraphQL answer has a largest size; what else the server sends has not. */
import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { capAnswers } from './answer-size.js';

const server = fastify({ genReqId: () => 'a-request' });
capAnswers(server, 100);
const answer = (rows: number) => ({ data: { rows: 'x'.repeat(rows) } });
server.post<{ Body: { rows: number } }>('/graphql', ({ body }) => answer(body.rows));
server.post<{ Body: { rows: number } }>('/graphql-export', ({ body }) => answer(body.rows));

const post = (url: string, rows: number) => server.inject({ method: 'POST', url, payload: { rows } });

it('an answer within it is sent as it is', async () => {
  expect((await post('/graphql', 50)).json()).toEqual(answer(50));
});

it.each(['/graphql', '/graphql?operation=x'])('a larger one is TOO_LARGE (%s)', async (url) => {
  const { statusCode, body, headers } = await post(url, 100);
  expect(statusCode).toBe(200);
  expect(JSON.parse(body)).toMatchObject({
    data: null,
    errors: [{ extensions: { code: 'TOO_LARGE', requestId: 'a-request' } }],
  });
  expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
});

it('no other route is looked at', async () => {
  expect((await post('/graphql-export', 1_000)).json()).toEqual(answer(1_000));
});
