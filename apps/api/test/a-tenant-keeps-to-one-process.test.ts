/**
 * Behind the proxy of haproxy/haproxy.cfg all questions of one tenant reach one process, and another one takes over when
 * that is gone. It is for speed: whichever process answers, no answer is wrong and each has its record.
 */
import type { EvaluationAnswer } from '@reeve/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findHaproxy } from '../../../scripts/lib/haproxy.mjs';
import { throwAwayProxy } from '../../../scripts/testing/throw-away-proxy.mjs';
import { parseApiKey } from '../src/api-keys/api-key-format.js';
import { toShortId } from '../src/infra/short-id.js';
import { post, question } from './support/agent.js';
import { verifyChain } from './support/chain.js';
import { readOpenMetrics } from './support/open-metrics.js';
import { createWorld, type Api, type World } from './support/world.js';

const haproxy = findHaproxy();
const TOKEN = 'a-token-of-a-scraper-for-this-test-only';
const QUESTIONS = 12;
/** That all of them hash to one of two processes is one case in 32,768. */
const NEIGHBOURS = 15;

it('the tenant stands in a key where the proxy reads it', () => {
  const tenantId = '0198c0de-7a11-7000-8000-5ca1ab1e0001';
  const sent = `Bearer rvk_agent_${toShortId(tenantId)}_${'x'.repeat(43)}`;
  expect(parseApiKey(sent.slice('Bearer '.length))?.tenantId).toBe(tenantId);
  expect(sent.slice(17, 17 + 22)).toBe(toShortId(tenantId));
});

describe.skipIf(haproxy === undefined)(`HAProxy (${haproxy ?? 'skipped: none on this machine'})`, () => {
  let world: World;
  let apis: [Api, Api];
  let proxy: Awaited<ReturnType<typeof throwAwayProxy>>;
  let key: string;

  beforeAll(async () => {
    world = await createWorld();
    key = (await world.agentKey()).secret;
    const environment = { REEVE_METRICS_TOKEN: TOKEN };
    apis = [await world.api(environment), await world.api(environment)];
    proxy = await throwAwayProxy(
      haproxy!,
      apis.map(({ url }) => url),
    );
  });
  afterAll(async () => {
    await proxy.remove();
    await world.close();
  });

  const decisionsOf = async ({ url }: Api) => {
    const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
    return readOpenMetrics(await answer.text()).sum('reeve_decisions_total');
  };
  const ask = (secret: string, about = {}) =>
    post<EvaluationAnswer>(proxy, '/access/v1/evaluation', secret, question(about));
  /** How many of the questions each process answered. */
  async function reached(secret: string): Promise<number[]> {
    const before = await Promise.all(apis.map(decisionsOf));
    const answers = await Promise.all(Array.from({ length: QUESTIONS }, () => ask(secret)));
    expect(answers.map(({ status }) => status)).toEqual(Array(QUESTIONS).fill(200));
    const after = await Promise.all(apis.map(decisionsOf));
    return after.map((count, i) => count - before[i]!);
  }

  it('all questions of a tenant reach one process, and tenants are spread over both', async () => {
    const secrets = [key];
    for (let i = 0; i < NEIGHBOURS; i += 1) secrets.push((await world.neighbour()).secret);
    const homes = new Set<number>();
    for (const secret of secrets) {
      const counts = await reached(secret);
      expect([...counts].sort((a, b) => a - b)).toEqual([0, QUESTIONS]);
      homes.add(counts.indexOf(QUESTIONS));
    }
    expect(homes.size).toBe(2);
  });

  it('another key of the same tenant reaches the same process', async () => {
    const { secret } = await world.agentKey();
    expect(await reached(secret)).toEqual(await reached(key));
  });

  it('another process takes over when that one is killed, and no answer is wrong', async () => {
    const home = (await reached(key)).indexOf(QUESTIONS);
    const [gone, stays] = [apis[home]!, apis[1 - home]!];
    const before = await decisionsOf(stays);
    const answered: { allowed: boolean; body: EvaluationAnswer }[] = [];
    const refused: number[] = [];
    let asking = true;
    const caller = async (i: number) => {
      const allowed = i % 2 === 0;
      while (asking) {
        const about = allowed ? {} : { tool: 'refund', args: { order: 'o1', amount: 5 } };
        // What a dying connection answers is an error, which is a no.
        const answer = await ask(key, about).catch(() => undefined);
        if (answer?.status === 200) answered.push({ allowed, body: answer.body });
        else refused.push(answer?.status ?? 0);
      }
    };
    const callers = Promise.all(Array.from({ length: 8 }, (_, i) => caller(i)));
    await expect.poll(() => answered.length, { timeout: 20_000 }).toBeGreaterThan(100);
    process.kill(gone.pid, 'SIGKILL');
    await expect
      .poll(async () => (await decisionsOf(stays)) - before, { timeout: 20_000 })
      .toBeGreaterThan(100);
    asking = false;
    await callers;

    for (const { allowed, body } of answered) expect(body.decision).toBe(allowed);
    expect(refused.filter((status) => status > 0 && status < 500)).toEqual([]);
    const ids = answered.map(({ body }) => body.context.evaluation_id);
    expect(new Set(ids).size).toBe(ids.length);
    const recorded = await world.rows<{ id: string }>(
      `SELECT id FROM audit_record WHERE tenant_id = $1 AND kind = 'evaluation'`,
      [world.tenantId],
    );
    const known = new Set(recorded.map(({ id }) => id));
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
    expect(await verifyChain(world)).toMatchObject({ verdict: 'verified', reachesHead: true });
  });
});
