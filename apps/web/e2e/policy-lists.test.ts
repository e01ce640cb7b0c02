/**
 * What a policy holds by name is listed and edited in one way: opened by an address, marked where it differs from what is
 * published, named once, never put into the draft as it is, removed with what names it; looked at by whoever may not edit.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { admin, member, sit, type Seat } from './support/console.js';
import { expectSound } from './support/looks.js';

const TENANT = `lists-${Date.now()}`;
const because = 'lists to begin with';
const tool = {
  class: 'read',
  justification: 'reads only',
  description: '',
  owner: '',
  server: '',
  reversible: true,
  schema: {},
  untrustedOutput: false,
};
const LISTS = [
  ['role', 'permissions?tab=roles', 'clerk'],
  ['type', 'permissions?tab=types', 'record'],
  ['guardrail', 'permissions?tab=guardrails', 'small_only'],
  ['assistant', 'permissions?tab=assistants', 'desk'],
  ['quota', 'quotas?', 'pay-user'],
  ['tool', 'tools?', 'pay'],
] as const;
const opened = (list: string, name: string) => {
  const member = list.startsWith('tools') ? 'tool' : 'open';
  return `/${TENANT}/${list}&${member}=${encodeURIComponent(name)}`;
};

let browser: Browser;
let seat: Seat;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: admin(), colorScheme: 'light' });
  await seat.graphql(
    'mutation ($slug: String!, $because: String!) { createTenant(name: "Lists", slug: $slug, reason: $because) { id } }',
    { slug: TENANT, because },
  );
  const described = { title: '', description: '' };
  await seat.graphql(
    `mutation ($tenant: String!, $edits: [JSON!]!, $because: String!) {
      publishPolicy(tenant: $tenant, edits: $edits, expectedRevision: 0, reason: $because) { revision }
    }`,
    {
      tenant: TENANT,
      because,
      edits: [
        { kind: 'tool', name: 'pay', value: tool },
        { kind: 'role', name: 'clerk', value: { ...described, inherits: [] } },
        {
          kind: 'resourceType',
          name: 'record',
          value: {
            ...described,
            actions: { read: { class: 'read', title: '' } },
            schema: {},
            register: 'optional',
          },
        },
        {
          kind: 'guardrail',
          name: 'small_only',
          value: {
            kind: 'pre_tool',
            title: 'Small sums',
            tools: ['pay'],
            enabled: true,
            checks: [{ name: 'small', must: 'args.sum < 10.0', message: 'small sums only' }],
          },
        },
        { kind: 'quota', name: 'pay-user', value: { per: 'user', tool: 'pay', limit: 5, windowSeconds: 60 } },
        { kind: 'assistant', name: 'desk', value: { ...described, enabled: true, tools: ['pay'] } },
        { kind: 'cell', role: 'clerk', tool: 'pay', value: { effect: 'allow' } },
      ],
    },
  );
});
afterAll(async () => {
  await seat.close();
  await browser.close();
});

const page = () => seat.page;
const draft = () => page().getByRole('region', { name: 'Draft' });
const put = () => page().getByRole('button', { name: /^Put into the draft/ });
/** Docked beside the list, or over it. */
const editor = (name: string) =>
  page()
    .locator('[role="dialog"], main aside')
    .filter({ has: page().getByRole('heading', { name, exact: true }) });
const edit = (name: string) => page().getByRole('button', { name: new RegExp(`^Edit ${name}(:|$)`) });
const discard = async () => {
  if ((await draft().count()) === 0) return;
  await draft().getByRole('button', { name: 'Discard' }).click();
  await draft().waitFor({ state: 'detached' });
};

describe.each(LISTS)('the list of each %s', (one, list, name) => {
  it('opens the one its address names, and puts nothing into the draft that is as it was', async () => {
    await page().goto(opened(list, name));
    await editor(name).waitFor();
    expect(await put().isDisabled()).toBe(true);
    expect(await draft().count()).toBe(0);
    await expectSound(page());
    await page()
      .getByRole('button', { name: /^(Cancel|Close)/ })
      .first()
      .click();
    await editor(name).waitFor({ state: 'detached' });
    expect(new URL(page().url()).search).not.toContain(name);
    expect(await edit(name).count()).toBe(1);
  });

  it('begins a new one where the address says so, and it is not ready', async () => {
    await page().goto(opened(list, '+'));
    await editor(`Add ${/^[aeiou]/.test(one) ? 'an' : 'a'} ${one}`).waitFor();
    expect(await put().isDisabled()).toBe(true);
  });

  it('removes one with what names it, and marks nothing else', async () => {
    await page().goto(opened(list, name));
    await editor(name)
      .getByRole('button', { name: /^Remove( with|$)/ })
      .click();
    await draft().waitFor();
    expect(await edit(name).count()).toBe(0);
    await discard();
    await edit(name).waitFor();
  });
});

it('a new one is named, filled in by keys, marked, and refused a name that is taken', async () => {
  await page().goto(`/${TENANT}/permissions?tab=roles`);
  await page().getByRole('button', { name: 'Add role' }).click();
  const name = page().getByRole('dialog').getByLabel('Name');
  await name.fill('clerk');
  await page().getByText('clerk exists already').waitFor();
  expect(await put().isDisabled()).toBe(true);
  // What every object of JavaScript has is a name like any other.
  await name.fill('constructor');
  expect(await put().isEnabled()).toBe(true);
  await name.fill('chief');
  await page().getByRole('dialog').getByRole('checkbox', { name: 'clerk' }).press('Space');
  await page().keyboard.press('Control+Enter');
  await page().getByRole('dialog').waitFor({ state: 'detached' });
  const row = (of: string) => page().getByRole('row', { name: new RegExp(`^Edit ${of} `) });
  expect(await row('chief').innerText()).toContain('new');
  expect(await row('clerk').innerText()).not.toMatch(/new|edited/);

  await page().getByRole('button', { name: 'Edit clerk' }).click();
  await page().getByRole('dialog').getByLabel('Title').fill('Clerk');
  await page().keyboard.press('Control+Enter');
  await page().getByRole('dialog').waitFor({ state: 'detached' });
  expect(await row('clerk').innerText()).toContain('edited');

  // What names it goes along: the cell of the grid, and what the new one inherits.
  await page().getByRole('button', { name: 'Edit clerk' }).click();
  await page().getByRole('button', { name: 'Remove with what names it' }).click();
  await draft().getByText('1 removed').waitFor();
  expect(await row('chief').innerText()).not.toContain('clerk');
  await discard();
});

it('a tool stays open beside the list when it is saved, and one that is shut can be looked at', async () => {
  await page().goto(opened('tools?', 'pay'));
  await page().getByLabel('Owner').fill('payments');
  await put().click();
  await draft().waitFor();
  expect(await editor('pay').count()).toBe(1);
  expect(await page().getByRole('table', { name: 'Tools' }).innerText()).toContain('edited');
  await discard();
});

it('an assistant is told its title, turned off, and listed what it may touch', async () => {
  await page().goto(`/${TENANT}/permissions?tab=assistants`);
  await page().getByRole('button', { name: 'Turn desk off' }).click();
  await page().getByRole('button', { name: 'record for desk' }).click();
  await draft().getByText('1 unpublished change').waitFor();
  expect(await page().getByRole('button', { name: 'record for desk' }).getAttribute('aria-pressed')).toBe(
    'true',
  );
  await discard();
});

it('whoever may not edit looks at all of it, and finds no way to change anything', async () => {
  const viewer = await sit(browser, { as: member('airline', 'viewer') });
  await viewer.page.goto('/airline/permissions?tab=roles&open=customer');
  await viewer.page.getByRole('dialog').getByLabel('Title').waitFor();
  expect(await viewer.page.getByRole('dialog').getByLabel('Title').isDisabled()).toBe(true);
  expect(await viewer.page.getByRole('dialog').getByRole('button').allInnerTexts()).toEqual(['']);
  await viewer.page.keyboard.press('Escape');
  await viewer.page.getByRole('button', { name: 'Show customer' }).waitFor();
  expect(await viewer.page.getByRole('button', { name: 'Add role' }).isDisabled()).toBe(true);
  await viewer.close();
});
