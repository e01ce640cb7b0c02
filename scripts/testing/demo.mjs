// Promises: the built product serving its demo from a throw-away PostgreSQL, until it is stopped.
import { join } from 'node:path';
import { startApi, untilHealthy } from '../lib/api-process.mjs';
import { freePort, throwAwayCluster } from './throw-away.mjs';

export async function startDemo() {
  const cluster = await throwAwayCluster();
  const url = `http://127.0.0.1:${await freePort()}`;
  const api = startApi({
    env: {
      DATABASE_URL: cluster.url,
      REEVE_PORT: new URL(url).port,
      REEVE_HOST: '127.0.0.1',
      REEVE_DATA_DIR: cluster.dataDir,
      REEVE_DEMO: '1',
      REEVE_DEMO_PACE: '0', // what a test counts must not move
      REEVE_ENV: 'development',
      REDIS_URL: '',
    },
  });
  const credentialsFile = join(cluster.dataDir, 'demo-credentials.json');
  const stop = async () => {
    await api.stop();
    await cluster.remove();
  };
  try {
    await untilHealthy(api, `${url}/readyz`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, databaseUrl: cluster.url, credentialsFile, output: api.output, stop };
}
