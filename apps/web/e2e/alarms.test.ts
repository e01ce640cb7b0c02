/** What refuses everything says so on every page, and what proves nothing any more on the first; each has a way out. */
import { AxeBuilder } from '@axe-core/playwright';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseUrl, launchBrowser } from './support/browser.js';
import { admin, agentAsks, member, sit, type Seat } from './support/console.js';

const TENANT = 'airline';

let browser: Browser;
let seat: Seat;
let database: pg.Client;
beforeAll(async () => {
  database = new pg.Client({ connectionString: databaseUrl() });
  await database.connect();
  browser = await launchBrowser();
  seat = await sit(browser, { as: admin() });
});
afterAll(async () => {
  await seat.close();
  await browser.close();
  await database.end();
});

/** Sets the database's clock away from the true one. */
const jump = (seconds: number) =>
  database.query(
    `CREATE OR REPLACE FUNCTION ledger_now() RETURNS FLOAT8 LANGUAGE sql VOLATILE AS
     $$ SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 + ${seconds * 1000} $$`,
  );
const violations = async (page: Page) => {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((each) => each.finished)));
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`));
};

it('a clock that jumped is told on every page, and an administrator vouches for it', async () => {
  const { page } = seat;
  const operator = await sit(browser, { as: member(TENANT, 'operator') });
  const alarm = (of: Page) => of.getByRole('alert').filter({ hasText: 'clock jumped' });
  await jump(120);
  try {
    for (const at of ['', '/audit', '/settings/preferences']) {
      await operator.page.goto(`/${TENANT}${at}`);
      await alarm(operator.page).waitFor();
    }
    await operator.page.getByText('A platform administrator can vouch for it.').waitFor();
    expect(await operator.page.getByRole('button', { name: 'Acknowledge clock…' }).count()).toBe(0);

    await page.goto('/_all');
    await alarm(page).getByText('every question of an agent and every change is refused').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Acknowledge clock…' }).click();
    await page.getByRole('button', { name: 'The clock was set right' }).click();
    expect(await violations(page)).toEqual([]);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Acknowledge clock/ })
      .click();
    await alarm(page).waitFor({ state: 'detached' });
  } finally {
    // Back again is a jump too.
    await jump(0);
    await seat.graphql('mutation { acknowledgeClock(reason: "the test is over") { now } }');
  }
  expect(await agentAsks(TENANT)).toMatchObject({ decision: true });
  await operator.close();
});

it('records in the future are told where they are, and an administrator lets that tenant go on', async () => {
  const { page } = seat;
  const ahead = (by: string) =>
    database.query(
      `UPDATE ledger_head SET at = at + $1::interval, epoch = epoch + 1
       WHERE tenant_id = (SELECT id FROM tenant WHERE slug = $2)`,
      [by, TENANT],
    );
  const operator = await sit(browser, { as: member(TENANT, 'operator') });
  const alarm = (of: Page) => of.getByRole('alert').filter({ hasText: `the last one of ${TENANT} is of` });
  await ahead('40 days');
  try {
    await operator.page.goto(`/${TENANT}`);
    await alarm(operator.page).waitFor();
    await page.goto('/_all');
    await alarm(page).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Acknowledge clock…' }).click();
    await page.getByRole('button', { name: 'The clock was set right' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Acknowledge clock/ })
      .click();
    await alarm(page).waitFor({ state: 'detached' });
  } finally {
    await seat.graphql('mutation { acknowledgeClock(reason: "the test is over") { now } }');
  }
  expect(await agentAsks(TENANT)).toMatchObject({ decision: true });
  await operator.close();
});

it('lost records are told on the overview, and an administrator takes note of them', async () => {
  const { page } = seat;
  await database.query(
    `INSERT INTO ledger_check (tenant_id, lost)
     SELECT id, 'record 9 was answered, the last one is 8.' FROM tenant WHERE slug = $1
     ON CONFLICT (tenant_id) DO UPDATE SET lost = excluded.lost`,
    [TENANT],
  );
  await page.goto(`/${TENANT}`);
  await page.getByRole('alert').filter({ hasText: 'record 9 was answered' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Open the audit log' }).click();
  await page.getByRole('button', { name: 'Acknowledge loss…' }).click();
  await page.getByRole('button', { name: 'A standby was promoted' }).click();
  expect(await violations(page)).toEqual([]);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Acknowledge loss/ })
    .click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
});
