/** What could not be told is told later, at least once, in order, also by the next process. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryJournal, type Journal } from './journal.js';
import { fileJournal } from './node.js';
import { Reeve, type ReeveOptions } from './reeve.js';
import { cut, json, never, startStub, type Behaviour, type Stub } from './testing/stub.js';

const id = (n: number) => `018f3c1e-7b2a-7c3d-8e4f-${String(n).padStart(12, '0')}`;
const outcome = (n: number) => ({ evaluation_id: id(n), status: 'succeeded' }) as const;
const TAKEN = json(201, { outcome_id: 'o', arguments_match: null, ungoverned: false });

let stub: Stub;
let warned: string[];
let directory: string;
beforeEach(async () => {
  stub = await startStub();
  warned = [];
  directory = mkdtempSync(join(tmpdir(), 'reeve-sdk-'));
});
afterEach(async () => {
  await stub.close();
  rmSync(directory, { recursive: true, force: true });
});
const reeveAt = (more: Partial<ReeveOptions> = {}) =>
  new Reeve({ url: stub.url, key: 'k', timeoutMs: 300, warn: (line) => warned.push(line), ...more });
const told = () =>
  stub.asked.map(({ body }) => (JSON.parse(body) as { evaluation_id: string }).evaluation_id);

describe('a report', () => {
  it.each<[string, Behaviour, string]>([
    ['503', json(503, {}), 'unavailable'],
    ['429', json(429, {}), 'rate_limited'],
    ['401', json(401, {}), 'unauthenticated'],
    ['silence', never, 'timed_out'],
    ['a cut connection', cut, 'unreachable'],
  ])('waits after %s, and is sent with the next flush', async (_, behaviour, reason) => {
    const reeve = reeveAt();
    stub.answers(behaviour);
    expect(await reeve.report(outcome(1))).toMatchObject({
      reported: false,
      kept: true,
      failure: { reason },
    });
    stub.answers(TAKEN);
    expect(await reeve.flush()).toBe(1);
    expect(told()).toEqual([id(1), id(1)]);
    expect(await reeve.flush()).toBe(0);
  });

  it.each<[string, Behaviour]>([
    ['409', json(409, {})],
    ['422', json(422, {})],
    ['403', json(403, {})],
    ['what is no answer', json(200, 'x')],
  ])('is lost after %s, aloud: it would never pass', async (_, behaviour) => {
    const reeve = reeveAt();
    stub.answers(behaviour);
    expect(await reeve.report(outcome(1))).toMatchObject({ reported: false, kept: false });
    expect(warned).toHaveLength(1);
    expect(await reeve.flush()).toBe(0);
  });

  it('that is no JSON, or nothing, is a typed no', async () => {
    for (const report of [{ ...outcome(1), result: 1n }, null, undefined, 'x'])
      expect(await reeveAt().report(report as ReturnType<typeof outcome>)).toMatchObject({
        reported: false,
        failure: { reason: 'invalid_question' },
      });
    expect(stub.asked).toEqual([]);
  });

  it('that gets through takes those along that wait', async () => {
    const reeve = reeveAt();
    stub.answers(json(503, {}), TAKEN);
    await reeve.report(outcome(1));
    await reeve.report(outcome(2));
    await reeve.flush();
    expect(told()).toEqual([id(1), id(2), id(1)]);
  });
});

describe.each<[string, (entriesMax?: number) => Journal]>([
  ['in memory', (entriesMax) => memoryJournal(entriesMax)],
  ['on disk', (entriesMax) => fileJournal(directory, entriesMax)],
])('a journal %s', (_, journal) => {
  it('gives back what it was given, the oldest first, until it is removed', async () => {
    const kept = journal();
    for (let n = 0; n < 5; n += 1) await kept.add({ path: '/v1/outcomes', body: `${n}` });
    expect((await kept.oldest()).map(({ body }) => Number(body)).sort((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4,
    ]);
    for (const { id } of await kept.oldest()) await kept.remove(id);
    expect(await kept.oldest()).toEqual([]);
  });

  it('is bounded, and what it has no room for is lost aloud', async () => {
    const reeve = reeveAt({ journal: journal(2) });
    stub.answers(json(503, {}));
    const kept = [];
    for (let n = 0; n < 3; n += 1) kept.push(await reeve.report(outcome(n)));
    expect(kept.map((one) => !one.reported && one.kept)).toEqual([true, true, false]);
    expect(warned.at(-1)).toContain('2 reports are waiting');
  });

  it('stops at the first that must wait on, and a poisoned one keeps nobody', async () => {
    const kept = journal();
    const reeve = reeveAt({ journal: kept });
    stub.answers(json(503, {}));
    for (let n = 1; n <= 3; n += 1) await reeve.report(outcome(n));
    stub.asked.length = 0;
    await reeve.flush();
    expect(stub.asked).toHaveLength(1);
    stub.answers(json(422, {}), TAKEN);
    expect(await reeve.flush()).toBe(3);
    expect(await kept.oldest()).toEqual([]);
  });
});

describe('a journal on disk', () => {
  it('is what the next process begins with', async () => {
    stub.answers(json(503, {}));
    await reeveAt({ journal: fileJournal(directory) }).report(outcome(1));
    stub.answers(TAKEN);
    const next = reeveAt({ journal: fileJournal(directory) });
    await next.flush();
    expect(told()).toEqual([id(1), id(1)]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is read by its owner only, and holds nothing that is half written', async () => {
    const journal = fileJournal(join(directory, 'new'));
    await journal.add({ path: '/v1/outcomes', body: '{}' });
    const [file] = readdirSync(join(directory, 'new'));
    expect(statSync(join(directory, 'new')).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, 'new', file!)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(directory, 'new', file!), 'utf8'))).toEqual({
      path: '/v1/outcomes',
      body: '{}',
    });
    writeFileSync(join(directory, 'new', `.${file!}`), '{"path');
    writeFileSync(join(directory, 'new', 'notes.txt'), 'somebody else’s');
    expect(await journal.oldest()).toHaveLength(1);
    await journal.remove('../../etc/passwd');
    await journal.remove('notes.txt');
    expect(readdirSync(join(directory, 'new'))).toContain('notes.txt');
  });

  it('that cannot be written loses the report, aloud', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    stub.answers(json(503, {}));
    expect(await reeveAt({ journal: fileJournal(file) }).report(outcome(1))).toMatchObject({ kept: false });
    expect(warned.at(-1)).toContain('not kept');
  });
});
