/** From a denial to its reason; filters are the address; nothing moves under the pointer. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { admin, agentAsks, member, sit, type Seat } from './support/console.js';

const TENANT = 'airline';
let browser: Browser;
let seat: Seat;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: admin() });
});
afterAll(async () => {
  await seat.close();
  await browser.close();
});

const beside = () => seat.page.getByRole('main').getByRole('complementary');
const rows = () => seat.page.locator('[role=grid] [role=rowgroup] [role=row]');

it('leads from a denial to the stage that objected, with the record that proves it', async () => {
  const { page } = seat;
  expect(await agentAsks(TENANT, 'no_such_tool')).toMatchObject({
    decision: false,
    context: { reason: 'unknown_tool' },
  });
  await page.goto(`/${TENANT}/evaluations?t=1h&effect=deny&reason=unknown_tool`);
  await rows().first().click();
  const why = beside();
  await why.getByRole('heading', { name: /Why/ }).waitFor();
  const stages = await why.getByRole('listitem').allInnerTexts();
  expect(stages.map((text) => text.split('\n')[0])).toEqual([
    'identity',
    'kill-switch',
    'assistant',
    'arguments',
    'permission',
    'quota',
  ]);
  expect(stages.filter((text) => text.includes('not reached'))).toHaveLength(3);
  await why.getByText('The policy has no tool no_such_tool.').waitFor();
  await why.getByRole('link', { name: /^#\d+$/ }).click();
  await page.getByRole('heading', { name: 'Audit log' }).waitFor();
  await beside().getByText('Signed payload').waitFor();
});

it('keeps filters and the open row in the address, and Back gives them back', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/evaluations?t=7d`);
  await rows().first().waitFor();
  await page.getByRole('button', { name: /^Effect/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Deny' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await page.getByText(/match · past 7d/).waitFor();
  // By the effect itself: a denial's reason may speak of an allowance.
  await expect
    .poll(async () => (await rows().getByText('Deny', { exact: true }).count()) - (await rows().count()))
    .toBe(0);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await beside().waitFor();
  const address = page.url();
  await page.keyboard.press('j');
  await expect.poll(() => page.url()).not.toBe(address);
  await page.keyboard.press('Escape');
  await beside().waitFor({ state: 'detached' });
  await page.reload();
  await page.getByText(/match · past 7d/).waitFor();
  await page.goBack();
  await beside().waitFor();
});

it('counts what is new instead of moving the list', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/evaluations?t=1h`);
  await rows().first().waitFor();
  const first = await rows().first().getAttribute('id');
  await agentAsks(TENANT);
  const pill = page.getByRole('button', { name: /^\d+\+? new$/ });
  await pill.waitFor();
  expect(await rows().first().getAttribute('id')).toBe(first);
  await pill.click();
  await expect.poll(() => rows().first().getAttribute('id')).not.toBe(first);
});

it('shows arguments only to whom they may be shown', async () => {
  const viewer = await sit(browser, { as: member(TENANT, 'viewer') });
  await viewer.page.goto(`/${TENANT}/evaluations?t=7d&effect=allow`);
  await viewer.page.locator('[role=grid] [role=rowgroup] [role=row]').first().click();
  await viewer.page.getByText(/^Reading arguments takes the role/).waitFor();
  await viewer.close();
});
