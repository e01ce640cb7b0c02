// Promises: before the browser tests, the built product serving its demo, and a browser to see it with.
import { findChromium } from '../lib/chromium.mjs';
import { startDemo } from './demo.mjs';

export default async function setup({ provide }) {
  const chromium = findChromium();
  if (!chromium)
    throw new Error('no Chromium: run `npm test -- --only browser`, which installs or asks for one');
  const demo = await startDemo();
  provide('consoleUrl', demo.url);
  provide('databaseUrl', demo.databaseUrl);
  provide('demoCredentialsFile', demo.credentialsFile);
  provide('chromiumPath', chromium);
  return demo.stop;
}
