// A throw-away Reeve: its own PostgreSQL (fsync on), API processes side by side, and one tenant that was set up the way
// a first administrator does it: by the one-time link, then through the public API.
import { join } from 'node:path';
import { start as startPostgres } from '../../scripts/embedded-pg.mjs';
import { startApi, untilHealthy } from '../../scripts/lib/api-process.mjs';
import { turbo } from '../../scripts/lib/build.mjs';
import { withChildren } from './cpu.mjs';
import { freePort } from './processes.mjs';
import { provision } from './provision.mjs';
import { reevePolicy } from './questions.mjs';

const TENANT = 'bench';

export async function reeve({ home, profile, processes, environment = {} }) {
  await turbo(['build', '--filter=@reeve/api']);
  const dataDir = join(home, 'data');
  const stack = [];
  const stop = async () => {
    for (const one of stack.reverse()) await one.stop();
  };
  try {
    const postgres = await startPostgres({ dataDir });
    stack.push(postgres);
    const apis = [];
    for (let i = 0; i < processes; i++) {
      const port = await freePort();
      const api = startApi({
        env: {
          REEVE_DATA_DIR: dataDir,
          DATABASE_URL: postgres.url,
          REEVE_DEMO: '0',
          REEVE_HOST: '127.0.0.1',
          REEVE_PORT: String(port),
          REEVE_WORKER: i === 0 ? '1' : '0',
          ...environment,
        },
        flags: profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [],
      });
      stack.push(api);
      const url = `http://127.0.0.1:${port}`;
      await untilHealthy(api, `${url}/readyz`);
      apis.push({ ...api, url });
    }
    const [first] = apis;
    const { agentKey, admin, subjects } = await provision(first, { tenant: TENANT, policy: reevePolicy });
    return {
      stop,
      dataDir,
      databaseUrl: postgres.url,
      tenant: TENANT,
      policy: reevePolicy,
      subjects,
      admin,
      urls: apis.map(({ url }) => `${url}/access/v1/evaluation`),
      headers: { authorization: `Bearer ${agentKey}` },
      pids: () => ({ 'Reeve API': apis.map(({ pid }) => pid), PostgreSQL: withChildren(postgres.pid) }),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
