/**
 * With REDIS_URL the queues and the sign-in limits are on Redis or Valkey, one for all processes: two APIs and a worker
 * of its own, as in docker-compose.yml. What decides does not need it.
 */
import { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '../../../scripts/lib/api-process.mjs';
import { findRedis } from '../../../scripts/lib/redis.mjs';
import { throwAwayRedis } from '../../../scripts/testing/throw-away-redis.mjs';
import { FAILURES_PER_GUESSER } from '../src/sign-in/sign-in-limits.js';
import { INTEGRITY } from '../src/integrity/integrity.processor.js';
import { ask } from './support/agent.js';
import { createWorld, POLICY, type Api, type World } from './support/world.js';

const server = findRedis();

describe.skipIf(server === undefined)(`Redis (${server ?? 'skipped: no server on this machine'})`, () => {
  let redis: Awaited<ReturnType<typeof throwAwayRedis>>;
  let world: World;
  let apis: Api[];
  let worker: ReturnType<typeof startApi>;
  let queue: Queue;

  beforeAll(async () => {
    redis = await throwAwayRedis(server!);
    world = await createWorld();
    const REDIS_URL = redis.url;
    apis = [await world.api({ REDIS_URL }), await world.api({ REDIS_URL })];
    worker = startApi({
      entry: 'worker',
      env: {
        DATABASE_URL: world.config.databaseUrl,
        REEVE_DATA_DIR: world.config.dataDir,
        REEVE_DEMO: '0',
        REDIS_URL,
      },
    });
    queue = new Queue(INTEGRITY, { connection: { url: REDIS_URL } });
    queue.on('error', () => undefined);
  });
  afterAll(async () => {
    await queue.close();
    await worker.stop();
    await world.close();
    await redis.remove();
  });

  const signIn = (api: Api, email: string) =>
    fetch(`${api.url}/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: 'wrong' }),
    });
  const unproved = async () => {
    const [head] = await world.rows<{ behind: string }>(
      'SELECT h.seq - coalesce(c.proved_seq, 0) AS behind FROM ledger_head h LEFT JOIN ledger_check c USING (tenant_id) WHERE h.tenant_id = $1',
      [world.tenantId],
    );
    return Number(head!.behind);
  };

  it('holds the queues, which PostgreSQL then has not, and the worker works from them', async () => {
    await expect.poll(async () => (await queue.getJobSchedulers()).length, { timeout: 20_000 }).toBe(1);
    const [there] = await world.rows(`SELECT to_regnamespace('bullmq') AS bullmq`);
    expect(there).toEqual({ bullmq: null });
    await world.publish(POLICY);
    await queue.add('check-ledgers', {});
    await expect.poll(unproved, { timeout: 20_000 }).toBe(0);
  });

  it('counts guesses at an account over all processes', async () => {
    for (let i = 0; i < FAILURES_PER_GUESSER; i += 1)
      expect((await signIn(apis[i % 2]!, 'ana@alpha.test')).status).toBe(401);
    for (const api of apis) {
      const stopped = await signIn(api, 'ana@alpha.test');
      expect(stopped.status).toBe(429);
      expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await signIn(apis[0]!, 'ben@alpha.test')).status).toBe(401);
  });

  it('may be away when a worker starts, which schedules when it comes', async () => {
    await queue.obliterate({ force: true });
    await Promise.all((await queue.getJobSchedulers()).map(({ key }) => queue.removeJobScheduler(key)));
    await redis.stop();
    const late = startApi({
      entry: 'worker',
      env: {
        DATABASE_URL: world.config.databaseUrl,
        REEVE_DATA_DIR: world.config.dataDir,
        REEVE_DEMO: '0',
        REDIS_URL: redis.url,
      },
    });
    try {
      await expect.poll(late.output, { timeout: 30_000 }).toContain('at work');
      await redis.start();
      await expect.poll(async () => (await queue.getJobSchedulers()).length, { timeout: 30_000 }).toBe(1);
      expect(late.output().match(/The job queue does not answer/g)).toHaveLength(1);
      await expect.poll(late.output, { timeout: 30_000 }).toMatch(/The job queue answers again after/);
    } finally {
      await late.stop();
    }
  });

  it('is not needed to decide; without it nobody signs in, and all goes on when it is back', async () => {
    const { secret } = await world.agentKey();
    await redis.stop();
    const away = await signIn(apis[0]!, 'cho@alpha.test');
    expect(away.status).toBe(503);
    expect(await away.json()).toMatchObject({ type: 'urn:reeve:problem:unavailable', errors: [] });
    expect((await ask(apis[0]!, secret)).body.decision).toBe(true);
    expect((await fetch(`${apis[0]!.url}/readyz`)).status).toBe(200);

    await redis.start();
    for (const api of apis) {
      const guess = async () => (await signIn(api, 'ana@alpha.test')).status;
      await expect.poll(guess, { timeout: 20_000 }).toBe(429);
    }
    await queue.add('check-ledgers', {});
    await expect.poll(unproved, { timeout: 20_000 }).toBe(0);
  });
});
