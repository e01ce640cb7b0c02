/** The agents' door: which key opens which route, where it may stand, and in what form an answer leaves. */
import { describe, expect, it } from 'vitest';
import type { KeyScope, ScopedCaller } from '../auth/agent-caller.js';
import { exporterKeyOf } from '../auth/exporter-key.js';
import { DomainError } from '../infra/errors.js';
import { AgentEntrance } from './agent-entrance.js';
import type { AgentRoute } from './agent-route.js';

const KEYS: Record<string, KeyScope[]> = { rvk_decides: ['decisions'], rvk_traces: ['telemetry'] };

const callerOf = (key: string): ScopedCaller => {
  const scopes = KEYS[key];
  if (scopes === undefined) throw new DomainError('unauthenticated', 'who?');
  return { tenantId: 'a', keyId: key, scopes, assistants: [] };
};

const body = {
  contentTypes: ['application/x-protobuf'],
  bytesMax: 4,
  otherType: { code: 'unsupported_media_type', message: 'Send protobuf.' },
  schema: () => ({}),
  read: (bytes: Buffer) => bytes,
} as const;

const failure = {
  contentType: 'application/x-protobuf',
  respell: (error: DomainError) =>
    error.code === 'invalid'
      ? new DomainError('unavailable', 'later', { details: { retryAfterSeconds: 2 } })
      : error,
  write: (error: DomainError) => Uint8Array.from([255, error.code.length]),
};

const routes: AgentRoute[] = [
  {
    method: 'GET',
    path: '/state',
    summary: '',
    scope: 'decisions',
    answer: { status: 200, contentType: 'application/json', write: (answer) => JSON.stringify(answer) },
    handle: ({ keyId }) => Promise.resolve({ keyId }),
  },
  {
    method: 'POST',
    path: '/traces',
    summary: '',
    scope: 'telemetry',
    credential: exporterKeyOf,
    body,
    answer: ({ 'content-type': contentType = '' }) => ({
      status: 200,
      contentType,
      write: (answer) => answer as Uint8Array,
      failure,
    }),
    handle: (_, { body: sent }) =>
      (sent as Buffer)[0] === 0
        ? Promise.reject(new DomainError('invalid', 'no'))
        : Promise.resolve(Uint8Array.from([0, 128, 255])),
  },
];

const entrance = async () => {
  const door = new AgentEntrance();
  await door.open(callerOf, [{ prefix: '/x', routes }]);

  return door;
};

const send = async (headers: Record<string, string>, payload = Buffer.from([1])) =>
  (await entrance()).inject({
    method: 'POST',
    url: '/x/traces',
    headers: { 'content-type': 'application/x-protobuf', ...headers },
    payload,
  });
const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

describe('a key', () => {
  it.each([
    ['a bearer', { authorization: 'Bearer rvk_traces' }],
    ['a password', basic('pk-lf-anything:rvk_traces')],
    ['a user', basic('rvk_traces:')],
    ['a user alone', basic('rvk_traces')],
    ['bare', { authorization: 'rvk_traces' }],
    ['a header of its own', { 'x-api-key': 'rvk_traces' }],
  ])('opens as %s where a route takes exporters’', async (_, headers) => {
    expect((await send(headers)).statusCode).toBe(200);
  });

  it.each([
    ['none', {}],
    ['an unknown one', { authorization: 'Bearer rvk_none' }],
    [
      'one that stands beside a wrong bearer',
      { authorization: 'Bearer rvk_none', 'x-api-key': 'rvk_traces' },
    ],
  ])('%s is 401', async (_, headers) => {
    expect((await send(headers)).statusCode).toBe(401);
  });

  it('opens no route that takes bearers only in any other way', async () => {
    const ask = async (headers: Record<string, string>) =>
      (await (await entrance()).inject({ method: 'GET', url: '/x/state', headers })).statusCode;
    expect(await ask({ authorization: 'Bearer rvk_decides' })).toBe(200);
    for (const headers of [basic('x:rvk_decides'), { 'x-api-key': 'rvk_decides' }])
      expect(await ask(headers)).toBe(401);
  });

  it('is for what it was made for', async () => {
    expect((await send({ authorization: 'Bearer rvk_decides' })).statusCode).toBe(403);
    const door = await entrance();
    const headers = { authorization: 'Bearer rvk_traces' };
    expect((await door.inject({ method: 'GET', url: '/x/state', headers })).statusCode).toBe(403);
  });
});

describe('an answer', () => {
  const key = { authorization: 'Bearer rvk_traces' };

  it('leaves as the bytes it is, in the encoding of the request', async () => {
    const { headers, rawPayload } = await send(key);
    expect(headers).toMatchObject({ 'content-type': 'application/x-protobuf', 'content-length': '3' });
    expect([...rawPayload]).toEqual([0, 128, 255]);
  });

  it('that is a failure has the form of its route, at the door too', async () => {
    const failed = await send(key, Buffer.from([0]));
    expect(failed.statusCode).toBe(503);
    expect(failed.headers).toMatchObject({ 'content-type': 'application/x-protobuf', 'retry-after': '2' });
    for (const answer of [await send({}), await send(key, Buffer.alloc(5)), failed]) {
      expect(answer.headers['content-type']).toBe('application/x-protobuf');
      expect(answer.rawPayload[0]).toBe(255);
    }
    expect((await send(key, Buffer.alloc(5))).statusCode).toBe(413);
  });

  it('to another content type says which one is read', async () => {
    expect((await send({ ...key, 'content-type': 'text/plain' })).statusCode).toBe(415);
  });

  it('to another method says which there are', async () => {
    const door = await entrance();
    const answer = await door.inject({
      method: 'GET',
      url: '/x/traces',
      headers: { authorization: 'Bearer rvk_traces' },
    });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers['allow']).toBe('POST');
  });
});
