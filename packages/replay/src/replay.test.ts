import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedCall, RecordedRun } from './recording.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PdpError, replay, replayOnce, summary } from './index.js';
import { gapMs } from './pace.js';
import { lines } from './progress.js';
import type { Question } from './wire.js';

/** A Reeve that denies what it is told to, and remembers what it was asked. */
class Pdp {
  readonly asked: Question[] = [];
  readonly bodies: { path: string; key: string; body: Record<string, unknown> }[] = [];
  denies: (question: Question) => string | null = () => null;
  /** Stops answering after so many requests. */
  diesAfter = Infinity;
  private server!: Server;
  url = '';

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => (text += String(chunk)));
      request.on('end', () => {
        if (this.bodies.length >= this.diesAfter) return void request.socket.destroy();
        const body = JSON.parse(text) as Record<string, unknown>;
        this.bodies.push({ path: request.url!, key: request.headers.authorization!, body });
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(this.answer(request.url!, body)));
      });
    });
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private answer(path: string, body: Record<string, unknown>): unknown {
    if (path === '/v1/outcomes') return { outcome_id: 'o' };
    if (path === '/access/v1/evaluations')
      return { evaluations: (body['evaluations'] as Question[]).map(this.one) };
    return this.one(body as unknown as Question);
  }

  private readonly one = (question: Question) => {
    this.asked.push(question);
    const reason = this.denies(question);
    const effect = reason === null ? 'allow' : reason === 'approval_required' ? 'approve' : 'deny';
    const evaluation_id = `e${this.asked.length}`;
    return { decision: reason === null, context: { evaluation_id, effect, reason: reason ?? 'allowed' } };
  };

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((closed) => this.server.close(() => closed()));
  }
}

const call = (n: number, tool: string, more: Partial<RecordedCall> = {}): RecordedCall => ({
  n,
  step: n,
  tool,
  kind: 'read',
  args: { n },
  known: null,
  failed: false,
  digest: `d${n}`,
  ...more,
});
const run = (name: string, calls: RecordedCall[], more: Partial<RecordedRun> = {}): RecordedRun => ({
  run: name,
  domain: 'airline',
  model: 'm',
  reward: 1,
  customer: 'ada_1',
  membership: null,
  calls,
  ...more,
});
const tenants = {
  airline: { assistant: 'airline-support', agentApiKey: 'key-a' },
  retail: { assistant: 'retail-support', agentApiKey: 'key-r' },
};
const options = (recording: RecordedRun[]) => ({ url: pdp.url, credentials: { tenants }, recording });

let pdp: Pdp;
let folder: string;
beforeEach(async () => {
  pdp = new Pdp();
  await pdp.start();
  folder = mkdtempSync(join(tmpdir(), 'reeve-replay-'));
});
afterEach(async () => {
  await pdp.stop();
  rmSync(folder, { recursive: true });
});

test('asks in the order of the run, calls of one message together, and accounts for what was allowed', async () => {
  const calls = [
    call(0, 'look'),
    call(1, 'a', { step: 7 }),
    call(2, 'b', { step: 7 }),
    call(3, 'pay', { failed: true }),
  ];
  pdp.denies = ({ resource }) => (resource.id === 'b' ? 'no_grant' : null);
  const report = await replay(options([run('r', calls)]));

  expect(pdp.bodies.map(({ path }) => path)).toEqual([
    '/access/v1/evaluation',
    '/v1/outcomes',
    '/access/v1/evaluations',
    '/v1/outcomes',
    '/access/v1/evaluation',
    '/v1/outcomes',
  ]);
  expect(pdp.bodies[1]!.body).toMatchObject({
    evaluation_id: 'e1',
    status: 'succeeded',
    result_digest: 'sha256:d0',
    arguments: { n: 0 },
  });
  expect(pdp.bodies[5]!.body).toMatchObject({
    evaluation_id: 'e4',
    status: 'failed',
    error: { type: 'tool_error' },
  });
  expect(pdp.asked[0]).toMatchObject({
    subject: { type: 'user', id: 'ada_1' },
    action: { name: 'tools/call' },
    resource: { type: 'tool', id: 'look', properties: { arguments: { n: 0 } } },
    context: { agent: 'airline-support', run_id: 'r', channel: 'interactive', inputs: [] },
  });
  // What was denied was never read.
  expect(pdp.asked[3]!.context['inputs']).toEqual([
    { source: 'tool:a', trust: 'trusted', digest: 'sha256:d1' },
  ]);
  expect(report).toMatchObject({
    runs: 1,
    calls: 4,
    allowed: 3,
    denied: 1,
    asked: 0,
    outcomes: 3,
    deniedByReason: { no_grant: 1 },
  });
});

test('derives the same trace and span ids in every replay', async () => {
  await replay(options([run('r', [call(0, 'a'), call(1, 'b')])]));
  await replay(options([run('r', [call(0, 'a'), call(1, 'b')])]));
  const ids = pdp.asked.map(({ context }) => [context['trace_id'], context['span_id']] as string[]);
  expect(ids.slice(2)).toEqual(ids.slice(0, 2));
  expect(ids[0]![0]).toMatch(/^[0-9a-f]{32}$/);
  expect(ids[0]![1]).toMatch(/^[0-9a-f]{16}$/);
  expect(ids[0]![1]).not.toBe(ids[1]![1]);
});

test('asks for nobody in particular until the customer is known, and with the key of the tenant', async () => {
  const calls = [call(0, 'find'), call(1, 'look', { known: 'bo_2' })];
  await replay(options([run('r', calls, { customer: null, domain: 'retail' })]));
  expect(pdp.asked.map(({ subject }) => subject)).toEqual([
    { type: 'session', id: 'anonymous' },
    { type: 'user', id: 'bo_2' },
  ]);
  expect(new Set(pdp.bodies.map(({ key }) => key))).toEqual(new Set(['Bearer key-r']));
});

test('plays only the tenants it is told to', async () => {
  const recording = [run('a', [call(0, 'x')]), run('r', [call(0, 'y')], { domain: 'retail' })];
  expect(await replay({ ...options(recording), tenants: ['retail'] })).toMatchObject({ runs: 1, calls: 1 });
});

test('counts rules that were broken and stopped, and right writes that were denied', async () => {
  const write = (n: number, tool: string, fails: string[]) => call(n, tool, { kind: 'write', fails });
  pdp.denies = ({ resource }) =>
    ({ stop: 'guardrail_failed', wrong: 'no_grant', ask: 'approval_required' })[resource.id] ?? null;
  const calls = [
    write(0, 'stop', ['mix']),
    write(1, 'go', ['mix']),
    write(2, 'go', []),
    write(3, 'wrong', []),
    write(4, 'ask', []),
  ];
  const report = await replay(
    options([run('good', calls), run('bad', [write(0, 'wrong', [])], { reward: 0 })]),
  );
  expect(report.rules).toEqual([{ tenant: 'airline', rule: 'mix', broke: 2, stopped: 1 }]);
  expect(report.rightWrites).toEqual({ total: 3, asked: 1, denied: 1 });
  expect(report.wronglyDenied).toEqual([{ run: 'good', n: 3, tool: 'wrong', reason: 'no_grant' }]);
  expect(summary(report)).toContain(
    'recorded writes with reward 1 and no failed label: 3; asked: 1; denied: 1',
  );
});

test('stops with a sentence when the connection is lost', async () => {
  pdp.diesAfter = 3;
  const recording = Array.from({ length: 40 }, (_, i) => run(`r${i}`, [call(0, 'a'), call(1, 'b')]));
  const error = await replay(options(recording)).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(PdpError);
  expect((error as Error).message).toMatch(/no answer from http.*is Reeve running there\?/);
  expect(pdp.bodies.length).toBe(3);
});

test('names the tenant whose key is missing', async () => {
  const recording = [run('t', [call(0, 'x')], { domain: 'telecom' })];
  await expect(replay(options(recording))).rejects.toThrow('no agent key for the tenant telecom');
});

test('once: goes on after a kill with the runs that had not begun, and never plays one twice', async () => {
  const recording = Array.from({ length: 6 }, (_, i) => run(`r${i}`, [call(0, 'a'), call(1, 'b')]));
  const once = () => replayOnce({ ...options(recording), concurrency: 1, journal: join(folder, 'journal') });
  pdp.diesAfter = 6;
  await expect(once()).rejects.toThrow(PdpError);
  pdp.diesAfter = Infinity;
  // r0 was played, r1 was cut off: four are left.
  const report = await once();
  expect(report!.runs).toBe(4);
  const starts = pdp.asked
    .filter(({ resource }) => resource.id === 'a')
    .map(({ context }) => context['run_id']);
  expect(new Set(starts).size).toBe(starts.length);
  expect(await once()).toBeNull();
});

test('keeps the recorded gaps at speed 1, and a usual one where none was recorded', () => {
  const at = (time: string) => call(0, 'a', { at: `2025-08-01T10:00:${time}` });
  expect(gapMs(at('00.000'), at('07.500'))).toBe(7_500);
  expect(gapMs(call(0, 'a'), at('07.500'))).toBe(4_000);
  expect(gapMs(undefined, at('07.500'))).toBe(0);
});

test('speed divides the gaps', async () => {
  const calls = [call(0, 'a', { at: '2025-08-01T10:00:00' }), call(1, 'b', { at: '2025-08-01T10:00:03' })];
  const started = performance.now();
  await replay({ ...options([run('r', calls)]), speed: 20 });
  expect(performance.now() - started).toBeGreaterThanOrEqual(145);
});

test('in a log, progress is a line for each tenth', () => {
  const written: string[] = [];
  const bar = lines((line) => written.push(line));
  for (let calls = 1; calls <= 30; calls++) bar.update({ calls, ofCalls: 30, allowed: calls });
  expect(written.length).toBe(10);
  expect(written.at(-1)).toBe('replay: 100 % (30 of 30 calls, 30 allowed)');
});
