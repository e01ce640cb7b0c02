/** Stopping is easy and takes effect on agents at once; lifting is deliberate; everybody sees it. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { admin, agentAsks, liftAll, member, sit, type Seat } from './support/console.js';

const TENANT = 'airline';

let browser: Browser;
let seat: Seat;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: admin() });
});
afterEach(() => liftAll(seat, TENANT));
afterAll(async () => {
  await seat.close();
  await browser.close();
});

it('stops a tenant in three interactions, and an agent is refused until it is lifted', async () => {
  const { page } = seat;
  const operator = await sit(browser, { as: member(TENANT, 'operator') });
  await operator.page.clock.install();
  await operator.page.goto(`/${TENANT}/settings/preferences`);
  await operator.page.getByRole('button', { name: /Live/ }).waitFor();
  expect(await agentAsks(TENANT)).toMatchObject({ decision: true });
  await operator.page.clock.pauseAt(Date.now() + 60_000);

  await page.goto(`/${TENANT}`);
  await page.getByRole('button', { name: /^Panic/ }).click();
  await page.getByRole('button', { name: 'Suspected abuse' }).click();
  await page.getByRole('button', { name: /^Stop Halcyon Air/ }).click();

  // Some milliseconds of this console's time: it is the message that shows it, no read that waited for its turn.
  await expect
    .poll(
      async () => {
        await operator.page.clock.runFor(1);
        return operator.page.getByText('Panic on:').isVisible();
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  await operator.page.clock.resume();
  await page.getByText('Stopped: Halcyon Air').waitFor();
  expect(await agentAsks(TENANT)).toMatchObject({
    decision: false,
    context: { effect: 'deny', reason: 'kill_switch_answers_only' },
  });

  await operator.page.getByRole('link', { name: 'View', exact: true }).click();
  await operator.page.getByRole('button', { name: 'Lift…' }).click();
  const lift = operator.page.getByRole('button', { name: 'Lift', exact: true });
  await operator.page.getByLabel('Reason', { exact: true }).fill('Cause found and fixed');
  expect(await lift.isDisabled()).toBe(true);
  await operator.page.getByLabel('Type airline to confirm').fill('retail');
  expect(await lift.isDisabled()).toBe(true);
  await operator.page.getByLabel('Type airline to confirm').fill('airline');
  await lift.click();

  await operator.page.getByText('Nothing is stopped', { exact: true }).waitFor();
  await page.getByText('Panic on:').waitFor({ state: 'detached' });
  expect(await agentAsks(TENANT)).toMatchObject({ decision: true });
  await operator.page.getByRole('cell', { name: 'Suspected abuse' }).first().waitFor();
  await operator.close();
});

it('stops by keyboard alone', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/panic`);
  await page.getByText('Nothing is stopped', { exact: true }).waitFor();
  await page.keyboard.press('Shift+P');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('An agent loops over refunds');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Panic on:').waitFor();
  expect(await agentAsks(TENANT)).toMatchObject({ context: { reason: 'kill_switch_answers_only' } });
  await page.getByText('An agent loops over refunds').waitFor();
});

it('asks for a reason, and for the phrase before every tenant is stopped', async () => {
  const { page } = seat;
  await page.goto('/_all');
  await page.getByRole('button', { name: /^Panic/ }).click();
  await page.getByLabel('Reason', { exact: true }).fill('A drill of the whole platform');
  await page.getByLabel('What to stop').selectOption('tenant');
  expect(await page.getByRole('button', { name: /^Stop a tenant/ }).isDisabled()).toBe(true);
  await page.getByLabel('What to stop').selectOption('global');
  const stop = page.getByRole('button', { name: /^Stop every tenant/ });
  expect(await stop.isDisabled()).toBe(true);
  await page.getByLabel(/^Type STOP ALL/).fill('STOP ALL');
  expect(await stop.isDisabled()).toBe(false);
  await page.getByLabel('Reason', { exact: true }).fill('short');
  expect(await stop.isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(
    seat.graphql(
      `mutation { engageKillSwitch(tenant: "airline", scope: global, mode: stopped, reason: "without the phrase", confirm: "stop all") { id } }`,
    ),
  ).rejects.toThrow('STOP ALL');
});

it('takes two people to lift where the tenant says so', async () => {
  const { tenant } = await seat.graphql<{ tenant: { version: number } }>(
    '{ tenant(tenant: "retail") { version } }',
  );
  const set = (on: boolean, version: number) =>
    seat.graphql<{ updateTenant: { version: number } }>(
      `mutation ($on: Boolean!, $version: Int!) { updateTenant(tenant: "retail", twoPersonLift: $on, expectedVersion: $version, reason: "two people for the test") { version } }`,
      { on, version },
    );
  const { updateTenant } = await set(true, tenant.version);
  await seat.graphql(
    `mutation { engageKillSwitch(tenant: "retail", scope: tenant, mode: answers_only, reason: "checked by two people") { id } }`,
  );
  const operator = await sit(browser, { as: member('retail', 'operator') });
  const owner = await sit(browser, { as: member('retail', 'owner') });

  const confirm = async ({ page }: Seat, open: string, act: string) => {
    await page.goto('/retail/panic');
    await page.getByRole('button', { name: open }).click();
    await page.getByLabel('Reason', { exact: true }).fill('Cause found and fixed');
    await page.getByLabel('Type retail to confirm').fill('retail');
    await page.getByRole('button', { name: act, exact: true }).click();
    await page.getByLabel('Type retail to confirm').waitFor({ state: 'detached' });
  };
  await confirm(operator, 'Propose lift…', 'Propose lift');
  await operator.page.getByText(/You proposed to lift it/).waitFor();
  expect(await operator.page.getByRole('button', { name: 'Confirm lift…' }).isDisabled()).toBe(true);
  expect(await agentAsks('retail', 'find_user_id_by_email')).toMatchObject({
    context: { reason: 'kill_switch_answers_only' },
  });
  await confirm(owner, 'Confirm lift…', 'Lift');
  await owner.page.getByText('Nothing is stopped', { exact: true }).waitFor();

  await set(false, updateTenant.version);
  await operator.close();
  await owner.close();
});
