/** A websocket is for who has signed in: at most 5 a session and 20 subscriptions each; what breaks the protocol is closed. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { SOCKETS_MAX } from '../src/auth/socket-door.service.js';
import { SUBSCRIPTIONS_MAX } from '../src/infra/websockets.js';
import { EDITS, startApp, type Credential, type TestApp } from './support/app.js';
import { listening } from './support/subscribe.js';

let reeve: TestApp;
let owner: Credential;
let other: Credential;
let sockets: Socket[] = [];

beforeAll(async () => {
  reeve = await startApp();
  const tenant = await reeve.addTenant('alpha');
  await reeve.publish(tenant, EDITS);
  await reeve.addMember(tenant, 'owner@alpha.test', ['owner']);
});
// Who has broken the rules has no socket for a while: each test has sessions of its own.
beforeEach(async () => {
  [owner, other] = [await reeve.signIn('owner@alpha.test'), await reeve.signIn('owner@alpha.test')];
});
afterAll(() => reeve.close());
afterEach(async () => {
  await Promise.all(sockets.map((socket) => socket.end()));
  sockets = [];
});

interface Frame {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** Frames as they are, where graphql-ws would not break the rules. */
class Socket {
  readonly closed: Promise<{ code: number; reason: string }>;
  private readonly frames: Frame[] = [];
  private wake: () => void = () => undefined;

  constructor(private readonly socket: WebSocket) {
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      this.frames.push(JSON.parse((data as Buffer).toString()) as Frame);
      this.wake();
    });
    this.closed = new Promise((closed) =>
      socket.once('close', (code, reason) => closed({ code, reason: reason.toString() })),
    );
    sockets.push(this);
  }

  say(...frames: object[]): this {
    for (const frame of frames) this.socket.send(JSON.stringify(frame));
    return this;
  }

  async hear(type: string, id?: string): Promise<Frame> {
    for (;;) {
      const at = this.frames.findIndex(
        (frame) => frame.type === type && (id === undefined || frame.id === id),
      );
      if (at >= 0) return this.frames.splice(at, 1)[0]!;
      await Promise.race([new Promise<void>((wake) => (this.wake = wake)), this.closedEarly()]);
    }
  }

  async end(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  private async closedEarly(): Promise<never> {
    throw new Error(`closed: ${JSON.stringify(await this.closed)}`);
  }
}

async function open(who: Credential): Promise<Socket> {
  const headers: Record<string, string> =
    who.bearer === undefined ? { cookie: who.cookie ?? '' } : { authorization: `Bearer ${who.bearer}` };
  const socket = new WebSocket(`ws://${await listening(reeve)}/graphql`, 'graphql-transport-ws', { headers });
  const one = new Socket(socket);
  await new Promise((done) => socket.once('open', done));
  return one;
}

const INIT = { type: 'connection_init' };
const subscribe = (id: string, tenant = 'alpha') => ({
  type: 'subscribe',
  id,
  payload: { query: `subscription { ledgerAdvanced(tenant: "${tenant}") { seq } }` },
});
const greeted = async (who: Credential): Promise<Socket> => {
  const socket = (await open(who)).say(INIT);
  await socket.hear('connection_ack');
  return socket;
};
const many = (count: number) => Array.from({ length: count }, (_, i) => subscribe(`s${i}`));

it('holds 20 subscriptions, and is closed with the one that is more', async () => {
  const socket = (await greeted(owner)).say(...many(SUBSCRIPTIONS_MAX));
  const heard = new Set<unknown>();
  while (heard.size < SUBSCRIPTIONS_MAX) heard.add((await socket.hear('next')).id);
  socket.say(subscribe('one more'));
  expect(await socket.closed).toEqual({ code: 4429, reason: 'At most 20 subscriptions a socket' });
});

it('a flood of them leaves nothing behind', async () => {
  const socket = (await greeted(owner)).say(...many(2_000));
  expect((await socket.closed).code).toBe(4429);
  // Its session has none for a while, and another one does.
  expect((await (await open(owner)).closed).reason).toBe(
    'A socket of this session has just broken the rules',
  );
  const next = (await greeted(other)).say(...many(1));
  expect((await next.hear('next')).id).toBe('s0');
});

it('one that ended, by either side, makes room', async () => {
  const socket = await greeted(owner);
  for (let i = 0; i < 2 * SUBSCRIPTIONS_MAX; i += 1) {
    socket.say(subscribe(`mine-${i}`), { type: 'complete', id: `mine-${i}` });
    socket.say(subscribe(`refused-${i}`, 'nobody'));
    expect((await socket.hear('error')).id).toBe(`refused-${i}`);
  }
  socket.say(subscribe('the last'));
  expect((await socket.hear('next', 'the last')).id).toBe('the last');
});

it.each([
  ['says twice that it is there', 4429, [INIT]],
  ['uses an id twice', 4409, [subscribe('a'), subscribe('a')]],
  [
    'sends a document that is no text',
    4400,
    [{ type: 'subscribe', id: 'a', payload: { query: { kind: 'Document', definitions: [] } } }],
  ],
  ['sends more than a subscription is', 1009, [{ type: 'subscribe', id: 'x'.repeat(70_000) }]],
])('one that %s is closed with %i', async (_, code, frames) => {
  const socket = (await greeted(owner)).say(...frames);
  expect((await socket.closed).code).toBe(code);
});

it('an older protocol is not spoken', async () => {
  const socket = new WebSocket(`ws://${await listening(reeve)}/graphql`, 'graphql-ws', {
    headers: { cookie: owner.cookie! },
  });
  const refused = await new Promise<string>((done) => socket.once('error', ({ message }) => done(message)));
  expect(refused).toMatch(/subprotocol/);
});

/** Of several that are opened at once, how the first one that is closed was. Who came first is looked up, so it may be any. */
const firstClosed = (some: readonly Socket[]) => Promise.race(some.map(({ closed }) => closed));
const several = (count: number, who: (i: number) => Credential) =>
  Promise.all(Array.from({ length: count }, (_, i) => open(who(i))));
const isLive = async (socket: Socket) => {
  socket.say(INIT, subscribe('live'));
  return (await socket.hear('next')).id === 'live';
};

it('a session has five, and another session five of its own', async () => {
  const six = await several(SOCKETS_MAX + 1, () => owner);
  expect(await firstClosed(six)).toEqual({ code: 4429, reason: 'At most 5 sockets a session' });
  expect(await isLive(await open(other))).toBe(true);
  await Promise.all(six.map((socket) => socket.end()));
  // The server hears of it a little later.
  await vi.waitFor(async () => expect(await isLive(await open(owner))).toBe(true));
});

it('a cookie beside the session does not make it another one', async () => {
  const six = await several(SOCKETS_MAX + 1, (i) => ({ cookie: `junk=${i}; ${owner.cookie!}; more=${i}` }));
  expect((await firstClosed(six)).code).toBe(4429);
});

it('nobody who has not signed in has one', async () => {
  for (const who of [{}, { cookie: 'reeve_session=made-up' }, { bearer: 'made-up' }])
    expect(await (await open(who)).closed, JSON.stringify(who)).toEqual({
      code: 4401,
      reason: 'Sign in first',
    });
});
