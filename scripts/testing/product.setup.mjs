// Promises: before the browser tests, the built product serving its demo from a throw-away PostgreSQL.
import { startApi, untilHealthy } from '../lib/api-process.mjs';
import { findChromium } from '../lib/chromium.mjs';
import { freePort, throwAwayCluster } from './throw-away.mjs';

export default async function setup({ provide }) {
  const chromium = findChromium();
  if (!chromium)
    throw new Error('no Chromium: run `npm test -- --only browser`, which installs or asks for one');
  const cluster = await throwAwayCluster();
  const port = await freePort();
  const api = startApi({
    env: {
      DATABASE_URL: cluster.url,
      REEVE_PORT: String(port),
      REEVE_HOST: '127.0.0.1',
      REEVE_DATA_DIR: cluster.dataDir,
      REEVE_DEMO: '1',
      REEVE_ENV: 'development',
      REDIS_URL: '',
    },
  });
  const teardown = async () => {
    await api.stop();
    await cluster.remove();
  };
  try {
    await untilHealthy(api, `http://127.0.0.1:${port}/readyz`);
  } catch (error) {
    await teardown();
    throw error;
  }
  provide('consoleUrl', `http://127.0.0.1:${port}`);
  provide('demoCredentialsFile', `${cluster.dataDir}/demo-credentials.json`);
  provide('chromiumPath', chromium);
  return teardown;
}
