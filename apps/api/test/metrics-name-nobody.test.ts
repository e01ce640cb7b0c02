/**
 * /metrics is off unless it is asked for, closed without its token, OpenMetrics by its grammar; it counts what was asked
 * and says nothing of who asked, about whom, or with what.
 */
import type { EvaluationAnswer } from '@reeve/policy';
import { REASON_CODES } from '@reeve/policy';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METRICS } from '../src/infra/metric-table.js';
import { freePort } from '../../../scripts/testing/throw-away.mjs';
import { ask, post, question } from './support/agent.js';
import { startApp } from './support/app.js';
import { readOpenMetrics } from './support/open-metrics.js';
import { createWorld, type Api, type World } from './support/world.js';

const TOKEN = 'a-token-of-a-scraper-for-this-test-only';
const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

let world: World;
let api: Api;
let key: string;

beforeAll(async () => {
  world = await createWorld();
  key = (await world.agentKey()).secret;
  api = await world.api({ REEVE_METRICS_TOKEN: TOKEN });
});
afterAll(() => world.close());

const get = (url: string, token?: string) =>
  fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
const scrape = async () => {
  const answer = await get(`${api.url}/metrics`, TOKEN);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe(OPEN_METRICS);
  return answer.text();
};

describe('who gets it', () => {
  it('nobody, unless it was asked for', async () => {
    const reeve = await startApp();
    try {
      const { statusCode } = await reeve.inject({ method: 'GET', url: '/metrics' });
      expect(statusCode).toBe(404);
    } finally {
      await reeve.close();
    }
  });

  it.each([
    ['no token', undefined],
    ['another one', 'another-token-that-is-as-long-as-that'],
    ['a part of it', TOKEN.slice(0, -1)],
    ['nothing in its place', ''],
  ])('not with %s', async (_, token) => {
    const answer = await get(`${api.url}/metrics`, token);
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain('reeve_decisions');
  });

  it('nor an agent with its key', async () => {
    expect((await get(`${api.url}/metrics`, key)).status).toBe(401);
  });

  it('on a port of its own where there is one, and then nowhere else', async () => {
    const port = await freePort();
    const reeve = await startApp({ REEVE_METRICS_PORT: String(port) });
    const own = `http://127.0.0.1:${port}`;
    try {
      const answer = await get(`${own}/metrics`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, OPEN_METRICS]);
      expect(readOpenMetrics(await answer.text()).sum('reeve_postgresql_up')).toBe(1);
      expect((await get(`${own}/healthz`)).status).toBe(404);
      expect((await reeve.inject({ method: 'GET', url: '/metrics' })).statusCode).toBe(404);
    } finally {
      await reeve.close();
    }
    await expect(get(`${own}/metrics`)).rejects.toThrow();
  });

  it('there with the token as well, where there is one', async () => {
    const port = await freePort();
    const reeve = await startApp({ REEVE_METRICS_PORT: String(port), REEVE_METRICS_TOKEN: TOKEN });
    try {
      expect((await get(`http://127.0.0.1:${port}/metrics`)).status).toBe(401);
      expect((await get(`http://127.0.0.1:${port}/metrics`, TOKEN)).status).toBe(200);
    } finally {
      await reeve.close();
    }
  });
});

describe('what it says', () => {
  it('counts what was asked, and nothing else', async () => {
    const before = readOpenMetrics(await scrape());
    const grown = (after: typeof before, name: string, labels = {}) =>
      after.sum(name, labels) - before.sum(name, labels);

    const asked: Promise<{ status: number; body: EvaluationAnswer }>[] = [];
    for (let i = 0; i < 25; i += 1) asked.push(ask(api, key));
    for (let i = 0; i < 7; i += 1) asked.push(ask(api, key, { tool: 'no-such-tool' }));
    for (let i = 0; i < 5; i += 1) asked.push(ask(api, key, { subject: `nobody-${i}` }));
    const answers = await Promise.all(asked);
    const allowed = answers.filter(({ body }) => body.decision);
    expect(allowed).toHaveLength(25);
    const items = [question(), question({ tool: 'no-such-tool' }), question()];
    expect((await post(api, '/access/v1/evaluations', key, { evaluations: items })).status).toBe(200);
    const report = {
      evaluation_id: allowed[0]!.body.context.evaluation_id,
      status: 'succeeded',
    };
    const reported = await post(api, '/v1/outcomes', key, report);
    expect(reported.status).toBeLessThan(300);
    // Refused before anything was decided: not a decision.
    expect((await post(api, '/access/v1/evaluation', key, {})).status).toBe(400);
    expect((await post(api, '/access/v1/evaluation', 'nobody', question())).status).toBe(401);

    const after = readOpenMetrics(await scrape());
    expect(grown(after, 'reeve_decisions_total')).toBe(40);
    expect(grown(after, 'reeve_decisions_total', { effect: 'allow' })).toBe(27);
    const byReason = (reason: string) => grown(after, 'reeve_decisions_total', { effect: 'deny', reason });
    expect(byReason('unknown_tool') + byReason('tool_not_on_allow_list')).toBe(8);
    expect(byReason('unknown_subject')).toBe(5);
    expect(grown(after, 'reeve_accounts_total')).toBe(1);
    // Every question and the report were in some batch that was committed.
    expect(grown(after, 'reeve_batch_questions_sum')).toBe(41);
    expect(grown(after, 'reeve_batch_questions_count')).toBe(
      grown(after, 'reeve_batch_duration_seconds_count'),
    );
    for (const decided of ['ahead', 'under_lock'])
      expect(grown(after, 'reeve_batch_questions_count', { decided })).toBeGreaterThan(0);
    expect(after.sum('reeve_undecided_questions')).toBe(0);
    expect(after.sum('reeve_waiting_requests')).toBe(0);
  });

  it('counts the checkpoints of the database', async () => {
    const before = readOpenMetrics(await scrape()).sum('reeve_postgresql_checkpoints_total');
    const owner = new pg.Client(world.config.databaseUrl);
    await owner.connect();
    await owner.query('CREATE TABLE something (x int)');
    await owner.query('CHECKPOINT');
    await owner.end();
    await expect
      .poll(async () => readOpenMetrics(await scrape()).sum('reeve_postgresql_checkpoints_total'))
      .toBeGreaterThan(before);
  });

  it('has every metric of the table, each with the labels it says', async () => {
    const { families, samples } = readOpenMetrics(await scrape());
    for (const { name, labelNames } of Object.values(METRICS)) {
      const family = families.get(name.replace(/_total$/, ''));
      expect(family, name).toBeDefined();
      for (const { labels } of family!.samples)
        expect(Object.keys(labels).filter((label) => label !== 'le')).toEqual([...labelNames]);
    }
    expect(samples.some(({ name }) => name === 'process_cpu_seconds_total')).toBe(true);
    expect(samples.some(({ name }) => name === 'process_resident_memory_bytes')).toBe(true);
  });

  it('names no tenant, subject, tool, argument, assistant or key, whatever they are called', async () => {
    const mark = 'zq7f3a';
    await world.bind(`mia-${mark}`, ['customer']);
    const about = { subject: `mia-${mark}`, args: { q: mark }, context: { run_id: mark, note: mark } };
    expect((await ask(api, key, about)).body.decision).toBe(true);
    await ask(api, key, { subject: mark, tool: mark, agent: mark });
    await ask(api, key, { tool: `tool-${mark}` });
    await ask(api, key, { agent: `agent-${mark}` });

    const text = await scrape();
    expect(text).not.toContain(mark);
    for (const secret of [world.tenantId, world.slug, key, key.slice(10, 32), TOKEN, 'mia', 'desk'])
      expect(text).not.toContain(secret);
    const values = new Set(['allow', 'deny', 'confirm', 'approve', 'replay', ...REASON_CODES]);
    for (const word of ['ahead', 'under_lock', 'share', 'total', 'new', 'in_turn', 'held']) values.add(word);
    for (const word of ['timed', 'requested', 'write', 'sync']) values.add(word);
    for (const { name, labels } of readOpenMetrics(text).samples.filter((one) =>
      one.name.startsWith('reeve_'),
    ))
      for (const [label, value] of Object.entries(labels))
        if (label !== 'le') expect(values, `${name}{${label}="${value}"}`).toContain(value);
  });
});
