/** From nothing to a registered resource of a type of one's own: few interactions, keys alone where that is quicker. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { admin, sit, type Seat } from './support/console.js';
import { Interactions } from './support/interactions.js';
import { expectSound, violations } from './support/looks.js';

const TENANT = `register-${Date.now()}`;
const because = 'a register to begin with';
let browser: Browser;
let seat: Seat;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: admin() });
  await seat.graphql(
    'mutation ($slug: String!, $because: String!) { createTenant(name: "Register", slug: $slug, reason: $because) { id } }',
    { slug: TENANT, because },
  );
  await seat.graphql(
    `mutation ($tenant: String!, $edits: [JSON!]!, $because: String!) {
      publishPolicy(tenant: $tenant, edits: $edits, expectedRevision: 0, reason: $because) { revision }
    }`,
    {
      tenant: TENANT,
      because,
      edits: [{ kind: 'role', name: 'clerk', value: { title: '', description: '', inherits: [] } }],
    },
  );
});
afterAll(async () => {
  await seat.close();
  await browser.close();
});

interface Resource {
  readonly type: string;
  readonly id: string;
  readonly properties: unknown;
  readonly version: number;
}
const registered = async () =>
  (
    await seat.graphql<{ resources: { nodes: Resource[] } }>(
      'query ($tenant: String!) { resources(tenant: $tenant) { nodes { type id properties version } } }',
      { tenant: TENANT },
    )
  ).resources.nodes;
const dialog = () => seat.page.getByRole('dialog');

it('a type, a cell of it, the publish and a resource of it take 16 interactions', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/settings/resources`);
  await page.getByText('The policy has no type of resources yet').waitFor();
  await page.getByRole('link', { name: 'Types of resources' }).click();
  await page.getByText('No types yet').waitFor();

  const does = new Interactions(page);
  await does.click(page.getByRole('button', { name: 'Add type' }));
  await does.type(dialog().getByLabel('Name'), 'record');
  await does.press('Control+Enter');
  await page.getByRole('button', { name: 'Edit record' }).waitFor();

  await does.click(page.getByRole('tab', { name: 'Grid' }));
  await page.getByRole('grid').waitFor();
  await does.press('/');
  await does.press('Enter');
  await does.press('a');
  await page.getByRole('region', { name: 'Draft' }).getByText('+1 allow').waitFor();

  await does.press('Control+Enter');
  await does.click(dialog().getByRole('button', { name: 'New tool or role' }));
  await does.press('Control+Enter');
  await page.getByText('v2 is published').waitFor();

  await does.press('g');
  await does.press('i');
  await does.click(page.getByRole('button', { name: 'Register resource…' }));
  await dialog().getByLabel('Type').waitFor();
  await does.type(dialog().getByLabel('Id'), 'record-1');
  await does.click(dialog().getByRole('button', { name: 'From the inventory' }));
  await does.press('Control+Enter');
  await page.getByText('record-1 is registered').waitFor();
  expect(does.count).toBeLessThanOrEqual(16);

  expect(await registered()).toEqual([{ type: 'record', id: 'record-1', properties: {}, version: 1 }]);
  const { policy } = await seat.graphql<{ policy: { resourceCells: unknown[] } }>(
    'query ($tenant: String!) { policy(tenant: $tenant) { resourceCells { role resourceType action effect } } }',
    { tenant: TENANT },
  );
  expect(policy.resourceCells).toEqual([
    { role: 'clerk', resourceType: 'record', action: 'read', effect: 'allow' },
  ]);
});

it('what does not fit its type is said where it was written, and nothing is registered', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/settings/resources`);
  await page.getByRole('button', { name: 'Register resource…' }).click();
  await dialog().getByLabel('Id').fill('record-1');
  await dialog().getByLabel('Properties (JSON)').fill('[1]');
  await dialog().getByText('Write an object.').waitFor();
  await dialog().getByRole('button', { name: 'From the inventory' }).click();
  expect(await dialog().getByRole('button', { name: 'Register' }).isDisabled()).toBe(true);
  await dialog().getByLabel('Properties (JSON)').fill('{"status":"open"}');
  await page.keyboard.press('Control+Enter');
  // There is one of that name.
  await dialog().getByRole('alert').waitFor();
  expect(await registered()).toHaveLength(1);
  await expectSound(page);
  await page.keyboard.press('Escape');
});

it('what is said of one changes and comes back; it goes, and comes back', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/settings/resources?type=record`);
  await page.getByRole('gridcell', { name: 'record-1', exact: true }).click();
  await dialog().getByLabel('Properties (JSON)').fill('{"status":"open"}');
  await dialog().getByRole('button', { name: 'It changed' }).click();
  await page.keyboard.press('Control+Enter');
  await page.getByText('record-1 is changed').waitFor();
  expect(await registered()).toMatchObject([{ properties: { status: 'open' }, version: 2 }]);
  await page.getByRole('button', { name: 'Put back' }).click();
  await expect.poll(registered).toMatchObject([{ properties: {}, version: 3 }]);

  await page.getByRole('button', { name: 'Remove record record-1' }).click();
  await dialog().getByRole('button', { name: 'Registered by mistake' }).click();
  await expectSound(page);
  await page.keyboard.press('Control+Enter');
  await page.getByText('record-1 is removed').waitFor();
  expect(await registered()).toEqual([]);
  await page
    .getByRole('region', { name: 'Notifications' })
    .locator('div', { has: page.getByText('record-1 is removed') })
    .filter({ has: page.getByRole('button', { name: 'Put back' }) })
    .last()
    .getByRole('button', { name: 'Put back' })
    .click();
  await expect.poll(registered).toMatchObject([{ id: 'record-1', properties: {} }]);
});

it('a type is what a quota can count, or one action on it', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/quotas`);
  await page.getByRole('button', { name: 'Add quota' }).click();
  const offered = await dialog().getByLabel('Counts').locator('option').allInnerTexts();
  expect(offered).toEqual(expect.arrayContaining(['record: every action', 'record:read']));
  await dialog().getByLabel('Counts').selectOption({ label: 'record:read' });
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /^Edit record-read-user:/ }).waitFor();
  expect(await violations(page)).toEqual([]);
});
