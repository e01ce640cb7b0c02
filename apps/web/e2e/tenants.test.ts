/** A tenant begins closed and belongs to nobody's console but those who may see it; its settings have a way back. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { admin, member, sit, type Seat } from './support/console.js';

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

const page = () => seat.page;
const because = (reason: string) => page().getByLabel('Reason', { exact: true }).fill(reason);
const row = (name: string) => page().getByRole('row', { name: new RegExp(`^${name} `) });
const settings = async (name: string) => {
  await page().goto('/_all/settings/tenants');
  await page()
    .getByRole('button', { name: `Settings of ${name}` })
    .click();
};

interface Tenant {
  readonly name: string;
  readonly environment: string;
  readonly twoPersonLift: boolean;
  readonly version: number;
}
const read = async (slug: string): Promise<Tenant> => {
  const { tenant } = await seat.graphql<{ tenant: Tenant }>(
    'query ($slug: String!) { tenant(tenant: $slug) { name environment twoPersonLift version } }',
    { slug },
  );
  return tenant;
};

/** Where every test begins, whatever became of the one before. */
beforeEach(async () => {
  const { version } = await read('telecom');
  await seat.graphql(
    `mutation ($version: Int!) {
      updateTenant(
        tenant: "telecom", name: "Northline Mobile", environment: "production", twoPersonLift: false,
        expectedVersion: $version, reason: "before each test"
      ) { version }
    }`,
    { version },
  );
});

it('creates a tenant that denies everything, and opens it', async () => {
  const slug = `drill-${Date.now()}`;
  await page().goto('/_all/settings/tenants');
  await page().getByRole('button', { name: 'Create tenant…' }).click();
  await page().keyboard.type('Fire drill');
  await page().getByLabel('Slug').fill('settings');
  await page().getByLabel('Environment').selectOption('staging');
  await page().getByRole('button', { name: 'Drill or evaluation' }).click();
  await page().getByRole('button', { name: 'Create tenant', exact: true }).click();
  await page().getByText('this name is taken by the console itself').waitFor();
  expect(await page().getByLabel('Slug').getAttribute('aria-invalid')).toBe('true');
  expect(await page().getByLabel('Name', { exact: true }).inputValue()).toBe('Fire drill');

  await page().getByLabel('Slug').fill(slug);
  await page().keyboard.press('Control+Enter');
  await page().getByText('Fire drill exists').waitFor();
  expect(await row('Fire drill').last().innerText()).toContain('staging');

  await page().goto(`/${slug}/tools`);
  await page().getByText('An agent is denied every tool that is not listed here.').waitFor();
  await page().getByRole('button', { name: 'Fire drill' }).waitFor();
  expect(await read(slug)).toMatchObject({ name: 'Fire drill', environment: 'staging' });
});

it('changes the settings with a reason, which the log keeps, and puts them back', async () => {
  const before = await read('telecom');
  // What shows the notices comes later than the first of them.
  await page().route(/layers-.*\.js/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await route.continue();
  });
  await settings(before.name);
  await page().getByLabel('Name', { exact: true }).fill('Northline Group');
  await page().getByRole('checkbox', { name: 'Lifting a stop takes two people' }).check();
  const save = page().getByRole('button', { name: 'Save settings' });
  expect(await save.isDisabled()).toBe(true);
  await because('Renamed after the merger');
  await save.click();
  await page().getByText('Northline Group is saved').waitFor();
  await page().unrouteAll();
  expect(await row('Northline Group').innerText()).toContain('takes two people');
  expect(await read('telecom')).toMatchObject({ name: 'Northline Group', twoPersonLift: true });

  await page().getByRole('button', { name: 'Put back' }).click();
  await row(before.name).waitFor();
  const { version: _, ...same } = before;
  expect(await read('telecom')).toMatchObject(same);

  await page().goto('/telecom/audit?action=tenant.update');
  await page()
    .getByRole('row', { name: /Put back: Renamed after the merger/ })
    .waitFor();
  await page()
    .getByRole('row', { name: / Renamed after the merger/ })
    .first()
    .waitFor();
});

it('keeps what was typed when somebody else was faster, and says what it is now', async () => {
  const { name, version } = await read('telecom');
  const update = (environment: string, expectedVersion: number) =>
    seat.graphql<{ updateTenant: { version: number } }>(
      `mutation ($environment: String!, $expectedVersion: Int!) {
        updateTenant(tenant: "telecom", environment: $environment, expectedVersion: $expectedVersion, reason: "by another member") { version }
      }`,
      { environment, expectedVersion },
    );
  await settings(name);
  await page().getByRole('checkbox', { name: 'Lifting a stop takes two people' }).check();
  await because('Stricter rule for lifting');
  await update('staging', version);
  await page().getByText(`It is now: ${name}, staging, lifting takes one person.`).waitFor();
  expect(await page().getByRole('checkbox').isChecked()).toBe(true);
  const save = page().getByRole('button', { name: 'Save settings' });
  expect(await save.isDisabled()).toBe(true);

  await page().getByRole('button', { name: 'Replace it with mine' }).click();
  await save.click();
  await page().getByText(`${name} is saved`).waitFor();
  expect(await read('telecom')).toMatchObject({ environment: 'production', twoPersonLift: true });
});

it('shows an owner the one tenant they govern, and no way to make another', async () => {
  const owner = await sit(browser, { as: member('retail', 'owner') });
  await owner.page.goto('/retail/settings/tenants');
  await owner.page.getByRole('button', { name: /^Settings of/ }).waitFor();
  expect(await owner.page.getByRole('row').count()).toBe(2);
  expect(await owner.page.getByRole('button', { name: 'Create tenant…' }).count()).toBe(0);
  await owner.close();
});
