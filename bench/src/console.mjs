// Promises: what a person waits for in the console, in a browser without a head: a step to the side in a grid of 200 tools
// by 40 roles, until it is painted; and a stop, from its order to the sight of it in somebody else's console. A bar that is
// missed fails the run.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { turbo } from '../../scripts/lib/build.mjs';
import { ensureChromium } from '../../scripts/lib/chromium.mjs';
import { graphql } from '../../scripts/lib/first-administrator.mjs';
import { publish } from './provision.mjs';
import { reeve } from './reeve.mjs';
import { table } from './report.mjs';
import { percentile } from './statistics.mjs';

const TOOLS = 200;
const ROLES = 40;
/** Edits of one publication. */
const EDITS_AT_ONCE = 1_000;
/** There and back along the roles, on the next tool then. */
const STEPS = 400;
/** A key that is held down. */
const KEYS_A_SECOND = 30;
const STOPS = 20;
const BARS = { arrow: 33, stop: 1_000 };

export async function consoleBench({ signal, print }) {
  const executablePath = await ensureChromium();
  const home = mkdtempSync(join(tmpdir(), 'reeve-bench-'));
  chmodSync(home, 0o755); // started by root, PostgreSQL runs as somebody else; what is secret in here is 0600
  let stack;
  let browser;
  try {
    await turbo(['build', '--filter=@reeve/web']);
    stack = await reeve({ home, processes: 1 });
    const url = new URL(stack.urls[0]).origin;
    const admin = graphql(url, stack.admin);
    const edits = gridEdits();
    for (let i = 0; i < edits.length; i += EDITS_AT_ONCE)
      await publish(admin, stack.tenant, edits.slice(i, i + EDITS_AT_ONCE));
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    const seat = () => sit(browser, url, stack.admin.cookie);
    signal.throwIfAborted();
    const arrow = await arrowRight(await seat(), stack.tenant, signal);
    signal.throwIfAborted();
    const stop = await stopSeen(await seat(), admin, stack.tenant, signal);
    const rows = [
      row('arrow right in the grid, to the next paint', arrow, BARS.arrow),
      row('stop seen by another console', stop, BARS.stop),
    ];
    print('');
    print(summary(rows));
    const missed = rows.filter(({ p95Ms, barMs }) => p95Ms > barMs);
    if (missed.length > 0) throw new Error(missed.map(({ what }) => `${what}: above its bar`).join('; '));
    return rows;
  } finally {
    await browser?.close();
    await stack?.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Tools of every class, and cells of every effect, with a condition here and there. */
function gridEdits() {
  const classes = ['read', 'write', 'dangerous', 'human_only'];
  const roles = Array.from({ length: ROLES }, (_, i) => ({
    kind: 'role',
    name: `role_${i}`,
    value: { title: `Role ${i}`, inherits: i % 5 === 0 ? [] : [`role_${i - 1}`] },
  }));
  const tools = Array.from({ length: TOOLS }, (_, i) => ({
    kind: 'tool',
    name: `tool_${i}`,
    value: { class: classes[i % 4], justification: 'Seen in the bench.', schema: { type: 'object' } },
  }));
  const cells = tools.flatMap(({ name: tool, value }, t) =>
    roles.flatMap(({ name: role }, r) => {
      if ((t * 7 + r * 3) % 4 === 0) return [];
      const effect = value.class === 'human_only' ? 'approve' : ['allow', 'approve', 'deny'][(t + r) % 3];
      return [{ kind: 'cell', role, tool, value: { effect, ...(r % 9 === 0 && { when: 'args.n < 10' }) } }];
    }),
  );
  return [...roles, ...tools, ...cells];
}

async function sit(browser, url, cookies) {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
  await context.addCookies(
    cookies.split('; ').map((cookie) => {
      const at = cookie.indexOf('=');
      return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url };
    }),
  );
  return context.newPage();
}

/** Each step from the key's own time to the first moment after a frame was painted. */
async function arrowRight(page, tenant, signal) {
  await page.goto(`/${tenant}/permissions`);
  await page.getByRole('grid').waitFor();
  await page.locator('[role=grid] [data-focused]').focus();
  await page.evaluate(() => {
    window.steps = [];
    document.addEventListener(
      'keydown',
      ({ timeStamp }) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => window.steps.push(performance.now() - timeStamp));
          port1.start();
          port2.postMessage(null);
        }),
      { capture: true },
    );
  });
  const painted = (count) => page.waitForFunction((wanted) => window.steps.length >= wanted, count);
  const steps = [];
  for (let i = 1; i <= STEPS; i++) {
    signal.throwIfAborted();
    const across = i % ROLES !== 0;
    const next = sleep(1_000 / KEYS_A_SECOND);
    await page.keyboard.press(across ? 'ArrowRight' : 'Home');
    await painted(i);
    if (across) steps.push(await page.evaluate(() => window.steps.at(-1)));
    await next;
  }
  await page.context().close();
  return steps;
}

/** From the order to the words on another person's screen, by one clock: both are on this machine. */
async function stopSeen(page, admin, tenant, signal) {
  await page.goto(`/${tenant}`);
  const band = page.getByText('Panic on:');
  await page.getByRole('button', { name: /^Panic/ }).waitFor();
  const waits = [];
  for (let i = 0; i < STOPS; i++) {
    signal.throwIfAborted();
    await page.evaluate(() => {
      window.seenAt = new Promise((seen) => {
        const watch = new MutationObserver(() => {
          if (document.querySelector('aside[aria-label="Stops in force"]')?.textContent.includes('Panic on:'))
            requestAnimationFrame(() => (watch.disconnect(), seen(Date.now())));
        });
        watch.observe(document.body, { childList: true, subtree: true, characterData: true });
      });
    });
    const ordered = Date.now();
    const { engageKillSwitch } = await admin(
      `mutation ($tenant: String!) {
        engageKillSwitch(tenant: $tenant, scope: tool, target: "tool_1", mode: stopped, reason: "a stop of the bench") { id version } }`,
      { tenant },
    );
    waits.push((await page.evaluate(() => window.seenAt)) - ordered);
    await admin(
      `mutation ($tenant: String!, $id: ID!, $version: Int!) {
        liftKillSwitch(tenant: $tenant, id: $id, expectedVersion: $version, confirm: "tool_1", reason: "the bench goes on") { id } }`,
      { tenant, ...engageKillSwitch },
    );
    await band.waitFor({ state: 'detached' });
  }
  await page.context().close();
  return waits;
}

function row(what, values, barMs) {
  const ascending = [...values].sort((a, b) => a - b);
  const of = (share) => Math.round(percentile(ascending, share) * 10) / 10;
  return {
    bench: 'console',
    what,
    times: values.length,
    p50Ms: of(0.5),
    p95Ms: of(0.95),
    maxMs: of(1),
    barMs,
  };
}

const summary = (rows) =>
  [
    `A grid of ${TOOLS} tools by ${ROLES} roles, 1440 x 900, Chromium without a head or a GPU; the browser shares the machine with Reeve`,
    table(
      ['what', 'times', 'p50 ms', 'p95 ms', 'max ms', 'bar (p95)'],
      rows.map(({ what, times, p50Ms, p95Ms, maxMs, barMs }) => [what, times, p50Ms, p95Ms, maxMs, barMs]),
    ),
  ].join('\n');
