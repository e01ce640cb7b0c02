// Promises: docs/images/overview-{light,dark}.png show the console as it is, with the demo's recorded agents played
// and a stop that was lifted in between. `npm run screenshots`, after a build.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { ensureChromium } from './lib/chromium.mjs';
import { ROOT } from './lib/run.mjs';
import { startDemo } from './testing/demo.mjs';

const IMAGES = join(ROOT, 'docs', 'images');
const STOPPED_MS = 1_200;
const PLAYED_SECONDS = 180;

const executablePath = await ensureChromium();
const demo = await startDemo();
try {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const storageState = await signIn(browser);
    await said(/demo: [34]\d % of the recorded calls/);
    await stopAndLift(browser, storageState);
    await said(/the recorded agents were played/);
    mkdirSync(IMAGES, { recursive: true });
    for (const colorScheme of ['light', 'dark']) await picture(browser, storageState, colorScheme);
  } finally {
    await browser.close();
  }
} finally {
  await demo.stop();
}

async function signIn(browser) {
  const { platformAdmin } = JSON.parse(readFileSync(demo.credentialsFile, 'utf8'));
  const context = await browser.newContext({ baseURL: demo.url });
  const { email, password } = platformAdmin;
  await context.request.post('/auth/sign-in', { data: { email, password }, failOnStatusCode: true });
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Waits until the API has printed this. */
async function said(what) {
  for (const end = Date.now() + PLAYED_SECONDS * 1000; !what.test(demo.output()); await sleep(50))
    if (Date.now() > end) throw new Error(`the API did not say ${what}\n${demo.output()}`);
}

async function stopAndLift(browser, storageState) {
  const context = await browser.newContext({ baseURL: demo.url, storageState });
  const ask = async (query, variables = {}) => {
    const answer = await context.request.post('/graphql', { data: { query, variables } });
    const { data, errors } = await answer.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const { engageKillSwitch } = await ask(
    `mutation { engageKillSwitch(tenant: "airline", scope: tenant, mode: answers_only, reason: "Suspected abuse of refunds") { id version } }`,
  );
  await sleep(STOPPED_MS); // what the agents ask meanwhile is refused, and shows
  await ask(
    `mutation ($id: ID!, $version: Int!) { liftKillSwitch(tenant: "airline", id: $id, expectedVersion: $version, confirm: "airline", reason: "False alarm, checked") { id } }`,
    engageKillSwitch,
  );
  await context.close();
}

async function picture(browser, storageState, colorScheme) {
  const context = await browser.newContext({
    baseURL: demo.url,
    storageState,
    colorScheme,
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  await page.goto('/_all?t=1m');
  await page.getByRole('img', { name: /evaluations/ }).waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(IMAGES, `overview-${colorScheme}.png`) });
  await context.close();
}
