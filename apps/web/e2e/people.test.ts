/** Members and administrators: invited, disabled, given a new link, removed; read by whoever has to ask somebody. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { admin, member, sit } from './support/console.js';

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());

it('a member is invited, disabled, enabled, given a new link and removed', async () => {
  const { page, close } = await sit(browser, { as: member('retail', 'owner') });
  const name = `Robin ${Date.now()}`;
  await page.goto('/retail/settings/members');
  await page.getByRole('button', { name: 'Add member…' }).click();
  await page.getByLabel('E-mail').fill(`${name.replace(' ', '.')}@retail.example`);
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Joined the team' }).click();
  await page.getByRole('button', { name: 'Add member', exact: true }).click();
  const first = await page.getByText(/\/join#token=/).innerText();
  await page.getByRole('button', { name: 'I have kept it' }).click();
  const row = page.getByRole('row', { name: new RegExp(name) });
  await row.getByText('invited, link not used yet').waitFor();

  await row.getByRole('button', { name: `Disable or enable ${name}` }).click();
  await page.getByRole('button', { name: 'On leave' }).click();
  await page.getByRole('button', { name: 'Disable member' }).click();
  await row.getByText('disabled').waitFor();
  await row.getByRole('button', { name: `Disable or enable ${name}` }).click();
  await page.getByRole('button', { name: 'Back from leave' }).click();
  await page.getByRole('button', { name: 'Enable member' }).click();
  await row.getByText('invited, link not used yet').waitFor();

  await row.getByRole('button', { name: `New link for ${name}` }).click();
  await page.getByRole('button', { name: 'Link was lost or is too old' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const second = await page.getByText(/\/join#token=/).innerText();
  expect(second).not.toBe(first);
  await page.getByRole('button', { name: 'I have kept it' }).click();

  await row.getByRole('button', { name: `Remove ${name}` }).click();
  await page.getByRole('button', { name: 'Left the team' }).click();
  await page.getByRole('button', { name: 'Remove member' }).click();
  await page.getByText(`${name} is no longer a member`).waitFor();
  await row.waitFor({ state: 'detached' });
  await page.goto(`/join${new URL(second).hash}`);
  await page.getByText('This link does not work').waitFor();
  await close();
});

it('a viewer reads whom to ask, without addresses and without buttons', async () => {
  const { page, close } = await sit(browser, { as: member('retail', 'viewer') });
  await page.goto('/retail/settings/members');
  await page.getByText('Clara Finch').waitFor();
  await page
    .getByRole('row', { name: /Clara Finch/ })
    .getByText('owner')
    .waitFor();
  expect(await page.getByText('@retail.example').count()).toBe(0);
  expect(await page.getByRole('button', { name: /^(Remove|Roles of|New link for|Add member)/ }).count()).toBe(
    0,
  );
  await close();
});

it('an administrator adds another, who gets in by the link and is removed again', async () => {
  const { page, close } = await sit(browser, { as: admin() });
  const name = `Second ${Date.now()}`;
  await page.goto('/_all/settings/administrators');
  await page.getByRole('heading', { name: 'Administrators' }).waitFor();
  await page.getByRole('button', { name: 'Add administrator…' }).click();
  await page.getByLabel('E-mail').fill(`${name.replace(' ', '.')}@reeve.example`);
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Second person for STOP ALL' }).click();
  await page.getByRole('button', { name: 'Add administrator', exact: true }).click();
  const { pathname, hash } = new URL(await page.getByText(/\/join#token=/).innerText());
  await page.getByRole('button', { name: 'I have kept it' }).click();

  const other = await sit(browser);
  await other.page.goto(`${pathname}${hash}`);
  await other.page.getByRole('heading', { name: 'Join Platform' }).waitFor();
  await other.page.getByLabel('Choose a password').fill('a long enough password');
  await other.page.getByRole('button', { name: 'Set password and join' }).click();
  await other.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await other.page.goto('/_all/settings/administrators');
  await other.page.getByText(name).first().waitFor();

  await page.reload();
  const row = page.getByRole('row', { name: new RegExp(name) });
  await row.getByText('active').waitFor();
  await row.getByRole('button', { name: `Remove ${name}` }).click();
  await page.getByRole('button', { name: 'Left the team' }).click();
  await page.getByRole('button', { name: 'Remove administrator' }).click();
  await page.getByText(`${name} no longer runs the platform`).waitFor();
  await row.waitFor({ state: 'detached' });
  await other.page.goto('/_all/settings/administrators');
  await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await other.close();
  await close();
});

it('an owner who is no administrator has no such page', async () => {
  const { page, close } = await sit(browser, { as: member('retail', 'owner') });
  await page.goto('/retail');
  await page.getByRole('link', { name: 'Members' }).waitFor();
  expect(await page.getByRole('link', { name: 'Administrators' }).count()).toBe(0);
  await close();
});
