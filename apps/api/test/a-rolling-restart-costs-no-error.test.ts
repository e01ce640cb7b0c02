/**
 * One of three processes behind a proxy is told to go while callers ask: it is not ready any more, serves on until the
 * proxy has turned away, finishes what it has, and no caller sees an error. The proxy tries nothing twice.
 */
import { Agent, createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EvaluationAnswer } from '@reeve/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { post, question } from './support/agent.js';
import { createWorld, type Api, type World } from './support/world.js';

const LOOK_MS = 250;
const DRAIN_SECONDS = 4;

let world: World;
let apis: Api[];
let key: string;
let proxy: Proxy;

beforeAll(async () => {
  world = await createWorld();
  key = (await world.agentKey()).secret;
  const environment = { REEVE_DRAIN_SECONDS: String(DRAIN_SECONDS), REEVE_DECISION_SECONDS: '30' };
  apis = await Promise.all([1, 2, 3].map(() => world.api(environment)));
  proxy = await startProxy(apis.map(({ url }) => url));
});
afterAll(async () => {
  await proxy.close();
  await world.close();
});

it(
  'is not ready at once, answers meanwhile, and costs the callers nothing',
  { timeout: 60_000 },
  async () => {
    const statuses: number[] = [];
    let asking = true;
    const caller = async (i: number) => {
      while (asking) {
        const { status } = await post<EvaluationAnswer>(proxy, '/access/v1/evaluation', key, question());
        statuses.push(status);
        if (i % 4 === 0) await sleep(20);
      }
    };
    const callers = Promise.all(Array.from({ length: 12 }, (_, i) => caller(i)));
    await expect.poll(() => statuses.length, { timeout: 20_000 }).toBeGreaterThan(200);

    const [leaving] = apis as [Api];
    const before = proxy.sentTo(leaving.url);
    expect(before).toBeGreaterThan(0);
    const gone = leaving.stop();
    await expect.poll(async () => (await fetch(`${leaving.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${leaving.url}/readyz`)).headers.get('connection')).toBe('close');
    expect((await fetch(`${leaving.url}/healthz`)).status).toBe(200);
    // Who has not looked yet is still answered.
    expect((await post(leaving, '/access/v1/evaluation', key, question())).status).toBe(200);
    await gone;
    const at = statuses.length;
    await expect.poll(() => statuses.length, { timeout: 20_000 }).toBeGreaterThan(at + 100);
    asking = false;
    await callers;
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    await expect(fetch(`${leaving.url}/healthz`)).rejects.toThrow();
  },
);

interface Proxy {
  readonly url: string;
  sentTo(target: string): number;
  close(): Promise<void>;
}

/** Round robin over those whose /readyz said 200 at the last look; connections are kept; a failure is the caller's 502. */
async function startProxy(targets: readonly string[]): Promise<Proxy> {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<string>(targets);
  const sent = new Map<string, number>();
  let turn = 0;
  const look = setInterval(() => {
    for (const target of targets)
      fetch(`${target}/readyz`).then(
        ({ ok }) => (ok ? ready.add(target) : ready.delete(target)),
        () => ready.delete(target),
      );
  }, LOOK_MS);
  const server: Server = createServer((incoming: IncomingMessage, outgoing) => {
    const up = targets.filter((target) => ready.has(target));
    const target = up[turn++ % up.length]!;
    sent.set(target, (sent.get(target) ?? 0) + 1);
    const { method, headers, url } = incoming;
    const onward = request(target + url, { method, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode!, { 'content-type': answer.headers['content-type'] });
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.writeHead(502, { 'content-type': 'application/json' }).end('{}'));
    incoming.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sentTo: (target) => sent.get(target) ?? 0,
    async close() {
      clearInterval(look);
      agent.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
