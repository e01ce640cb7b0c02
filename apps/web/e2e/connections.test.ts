/** What sends telemetry and what was not taken of it is said, and a Langfuse that does not answer is no good news. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { consoleUrl, launchBrowser } from './support/browser.js';
import { admin, sit, type Seat } from './support/console.js';
import { expectSound } from './support/looks.js';

const TENANT = `connected-${Date.now()}`;
const because = 'a test of connections';

let browser: Browser;
let seat: Seat;
let key: string;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: admin() });
  await seat.graphql(
    `mutation { createTenant(name: "Connected", slug: "${TENANT}", reason: "${because}") { id } }`,
  );
  const { createApiKey } = await seat.graphql<{ createApiKey: { secret: string } }>(
    `mutation { createApiKey(tenant: "${TENANT}", kind: agent, name: "collector", scopes: [telemetry], reason: "${because}") { secret } }`,
  );
  key = createApiKey.secret;
});
afterAll(async () => {
  await seat.close();
  await browser.close();
});

const span = (spanId: string) => ({
  traceId: '4fd0b6131f19f39af59518d127b0cafe',
  spanId,
  name: 'chat',
  startTimeUnixNano: `${Date.now()}000000`,
  endTimeUnixNano: `${Date.now()}500000`,
});

it('says what came in, and by reason what was not taken', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/settings/connections`);
  await page.getByText('Nothing has come in yet').waitFor();
  const answer = await fetch(`${consoleUrl()}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({
      resourceSpans: [{ scopeSpans: [{ spans: [span('b9c7c989f97918e1'), span('short')] }] }],
    }),
  });
  expect(answer.status).toBe(200);
  await page.reload();
  const row = page.getByRole('table', { name: 'Receivers' }).getByRole('row', { name: /Traces, by OTLP/ });
  await row.getByText('not all was taken').waitFor();
  const refused = page.getByRole('table', { name: 'Not taken' }).getByRole('row').nth(1);
  expect(await refused.getByRole('cell').nth(2).innerText()).toBe('1');
  await expectSound(page);
});

it('a Langfuse on a private address is refused in words, and nothing of it is kept', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/settings/connections`);
  await page.getByRole('button', { name: 'Connect…' }).click();
  await page.getByLabel('Address').fill('http://127.0.0.1:1');
  await page.getByLabel('Public key').fill('pk-lf-test');
  await page.getByLabel('Secret key').fill('sk-lf-not-to-be-seen');
  await page.getByRole('button', { name: 'Test' }).click();
  await page.getByRole('dialog').locator('output').getByText(/./).first().waitFor();
  await expectSound(page);
  await page.keyboard.press('Escape');
  await page.getByText('No Langfuse project is read').waitFor();
  expect(await page.content()).not.toContain('sk-lf-not-to-be-seen');
});
