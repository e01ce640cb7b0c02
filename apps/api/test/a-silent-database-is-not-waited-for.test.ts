/**
 * A database that hangs is not a reason to hang: whoever asks gets a 503 within a deadline, /readyz says so, the process
 * lives, the log has one line; and when the database speaks again all goes on by itself, with an unbroken chain.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, post } from './support/agent.js';
import { verifyChain } from './support/chain.js';
import { ownCluster, roadTo, type OwnCluster, type Road } from './support/own-cluster.js';
import { createWorld, type Api, type World } from './support/world.js';

/** Long past every deadline: what takes longer hangs. */
const HANGS = 50_000;

const again = { timeout: HANGS, interval: 200 };

let cluster: OwnCluster;
let road: Road;
let world: World;
let key: string;
let owner: string;

beforeAll(async () => {
  cluster = await ownCluster();
  road = await roadTo(cluster.database.url);
  world = await createWorld(undefined, cluster.database);
  key = (await world.agentKey()).secret;
  owner = await world.managementKey(['owner']);
});
afterAll(async () => {
  await world.close();
  await road.close();
  await cluster.remove();
});

const standby = async (names: string) => {
  await cluster.sql(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`);
  await cluster.sql('SELECT pg_reload_conf()');
};
const quiet: [string, () => unknown, () => unknown][] = [
  ['is stopped', () => cluster.signal('SIGSTOP'), () => cluster.signal('SIGCONT')],
  ['is behind a connection that leads nowhere', () => road.block(), () => road.open()],
  ['waits for a standby that is frozen', () => standby('nobody'), () => standby('')],
];

describe.each(quiet)('when PostgreSQL %s', (_, fallSilent, speak) => {
  let api: Api;
  let starts: number;

  beforeAll(async () => {
    const environment = { REEVE_DECISION_SECONDS: '3', REEVE_STATEMENT_SECONDS: '4' };
    api = await world.api({ ...environment, DATABASE_URL: road.url });
  });
  afterAll(async () => {
    await speak();
    await api.stop();
  });

  const signal = () => AbortSignal.timeout(HANGS);
  const graphql = async () => {
    const { body } = await post<{ errors?: { extensions: { code: string } }[] }>(api, '/graphql', owner, {
      query: `mutation { bindSubject(tenant: "${world.slug}", type: "user", id: "new-${Math.random()}",
        roles: ["customer"], expectedVersion: 0, reason: "because a test says so") { id } }`,
    });
    return { code: body.errors?.[0]?.extensions.code, body };
  };

  it('everybody gets a no, and the process lives', { timeout: 2 * HANGS }, async () => {
    // The first question makes the connections; on a busy machine that takes its time.
    await expect.poll(async () => (await ask(api, key)).body.decision, again).toBe(true);
    expect((await graphql()).code).toBeUndefined();
    starts = api.output().match(/PostgreSQL does not answer/g)?.length ?? 0;
    await fallSilent();

    const get = async (path: string) =>
      (await fetch(api.url + path, { headers: { authorization: `Bearer ${owner}` }, signal: signal() }))
        .status;
    const exporting = `/v1/audit/export?tenant=${world.slug}&reason=because%20a%20test%20says`;
    const decisions = Promise.all(
      Array.from({ length: 40 }, (_, i) => ask(api, key, { subject: `s-${i % 7}` })),
    );
    const [ready, exported, changed] = await Promise.all([get('/readyz'), get(exporting), graphql()]);
    expect(ready).toBe(503);
    expect(exported, api.output()).toBe(503);
    expect(changed.code, JSON.stringify(changed.body)).toBe('UNAVAILABLE');
    for (const { status, body } of await decisions) {
      expect(status).toBe(503);
      expect(body).not.toHaveProperty('decision');
    }
    expect(await get('/healthz')).toBe(200);
    expect(await get('/readyz')).toBe(503);
    expect(api.output().match(/PostgreSQL does not answer/g)?.length).toBe(starts + 1);
    expect(api.output()).not.toMatch(/^\s+at /m);
  });

  it('goes on by itself when it speaks again', { timeout: 2 * HANGS }, async () => {
    await speak();
    await expect.poll(async () => (await ask(api, key)).body.decision, again).toBe(true);
    await expect.poll(async () => (await graphql()).code, again).toBeUndefined();
    await expect.poll(async () => (await fetch(`${api.url}/readyz`)).status, again).toBe(200);
    // A few lines at most for more than forty refusals, and each outage that began has ended.
    const lines = (text: RegExp) => api.output().match(text)?.length ?? 0;
    await expect
      .poll(
        () => lines(/PostgreSQL answers again after .* failures/g) - lines(/PostgreSQL does not answer/g),
        again,
      )
      .toBe(0);
    expect(lines(/PostgreSQL does not answer/g) - starts).toBeLessThanOrEqual(3);
    expect(await verifyChain(world)).toMatchObject({ verdict: 'verified', reachesHead: true });
  });
});
