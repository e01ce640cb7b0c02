/** What the pages of spend and latency say is what was sent: the recorded runs, added up apart from them. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { consoleUrl, launchBrowser } from './support/browser.js';
import { admin, sit, type Seat } from './support/console.js';

const TENANT = `traced-${Date.now()}`;
const number = new Intl.NumberFormat('en');
const usd = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });

interface Totals {
  readonly chat_spans: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_usd: number;
  readonly tool_spans: number;
}
interface Span {
  startTimeUnixNano: string;
  endTimeUnixNano: string;
}

const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url));
const totals = Object.values(
  JSON.parse(file('packages/telemetry/cases/data/runs-totals.json').toString()) as Record<string, Totals>,
);
const sumOf = (member: keyof Totals) => totals.reduce((sum, one) => sum + one[member], 0);

let browser: Browser;
let seat: Seat;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: admin() });
  await seat.graphql(
    `mutation { createTenant(name: "Traced", slug: "${TENANT}", reason: "a test of traces") { id } }`,
  );
  const { createApiKey } = await seat.graphql<{ createApiKey: { secret: string } }>(
    `mutation { createApiKey(tenant: "${TENANT}", kind: agent, name: "collector", scopes: [telemetry], reason: "a test of traces") { secret } }`,
  );
  const lines = gunzipSync(file('prisma/seed/tau/spans.jsonl.gz')).toString().trimEnd().split('\n');
  for (const line of lines) {
    const { payload } = JSON.parse(line) as {
      payload: { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    };
    endNow(payload.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
    const answer = await fetch(`${consoleUrl()}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${createApiKey.secret}` },
      body: JSON.stringify(payload),
    });
    const said = `${answer.status} ${await answer.text()}`;
    if (said !== '200 {}') throw new Error(`the traces were answered ${said}`);
  }
});
afterAll(async () => {
  await seat.close();
  await browser.close();
});

/** Within the page's time. */
function endNow(spans: readonly Span[]): void {
  const last = spans
    .map(({ endTimeUnixNano }) => BigInt(endTimeUnixNano))
    .toSorted((a, b) => (a < b ? -1 : 1));
  const later = BigInt(Date.now()) * 1_000_000n - last.at(-1)!;
  for (const span of spans)
    for (const time of ['startTimeUnixNano', 'endTimeUnixNano'] as const)
      span[time] = String(BigInt(span[time]) + later);
}

it('spend is what the calls of the traces add up to, by whatever it is asked for', async () => {
  const { page } = seat;
  for (const by of ['route', 'model', 'assistant']) {
    await page.goto(`/${TENANT}/spend?by=${by}`);
    const row = page.getByRole('row', { name: /^All / });
    await row.waitFor();
    const [, cost, calls, input, , output] = await row.getByRole('cell').allInnerTexts();
    expect({ cost, calls, input, output }).toEqual({
      cost: usd.format(sumOf('cost_usd')),
      calls: number.format(sumOf('chat_spans')),
      input: number.format(sumOf('input_tokens')),
      output: number.format(sumOf('output_tokens')),
    });
  }
});

it('what it is by stays in the URL, and so does the time when another page is opened', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/spend?t=24h`);
  await page.getByRole('tab', { name: 'Model' }).click();
  await page.waitForURL('**/spend?t=24h&by=model');
  await page.getByRole('link', { name: 'Latency' }).click();
  await page.waitForURL(/\/latency\?t=24h/);
});

it('every call of a model and of a tool is in its latency', async () => {
  const { page } = seat;
  for (const [of, all] of [
    ['model', sumOf('chat_spans')],
    ['tool', sumOf('tool_spans')],
  ] as const) {
    await page.goto(`/${TENANT}/latency?of=${of}`);
    const table = page.getByRole('table', { name: `Latency by ${of}` });
    await table.waitFor();
    const rows = await table.getByRole('row').all();
    const counts = await Promise.all(rows.slice(1).map((row) => row.getByRole('cell').nth(1).innerText()));
    expect(counts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0)).toBe(all);
  }
});

it('the overview says the dearest, once somebody gets there', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}`);
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  const panel = page.getByRole('region', { name: 'Spend by route and segment' });
  await page.mouse.move(700, 500);
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 2_000);
      return panel.count();
    })
    .toBe(1);
  await panel
    .getByText(usd.format(sumOf('cost_usd')))
    .first()
    .waitFor();
});
