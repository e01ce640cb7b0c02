/** A body may be packed; what it becomes is bounded before it is made, and nothing is unpacked for whom nobody knows. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { INFLATED_BYTES_MAX } from '../src/telemetry/otlp-wire.js';
import { otlpSpan, post, requestOf } from './support/telemetry.js';
import { createWorld, type Api, type World } from './support/world.js';

const MB = 1_048_576;
const GZIP = { 'content-encoding': 'gzip' };

let world: World;
let api: Api;
let key: string;

beforeAll(async () => {
  world = await createWorld();
  api = await world.api();
  key = (await world.agentKey([], ['telemetry'])).secret;
});
afterAll(() => world.close());

/** 128 MB that are 128 kB on their way. */
const bomb = gzipSync(Buffer.alloc(128 * MB, ' '));

it('a bomb without a key is 401, with one 413, and the process goes on', async () => {
  expect(bomb.length).toBeLessThan(140_000);
  expect((await post(api, '/v1/traces', 'rvk_agent_nobody', bomb, GZIP)).status).toBe(401);
  const sent = await Promise.all(Array.from({ length: 8 }, () => post(api, '/v1/traces', key, bomb, GZIP)));
  expect(sent.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 413));
  expect((await post(api, '/v1/traces', key, JSON.stringify(requestOf([otlpSpan()])))).status).toBe(200);
});

it('up to the cap it is taken, and beyond it not by a byte', async () => {
  const text = JSON.stringify(requestOf([otlpSpan()]));
  const padded = (bytes: number) => gzipSync(text + ' '.repeat(bytes - Buffer.byteLength(text)));
  expect((await post(api, '/v1/traces', key, padded(INFLATED_BYTES_MAX), GZIP)).status).toBe(200);
  expect((await post(api, '/v1/traces', key, padded(INFLATED_BYTES_MAX + 1), GZIP)).status).toBe(413);
});
