/** From a denial to a reviewed grant, and what a condition is written with. Each step more is a failure. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { agentAsks, credentials, member, sit, type Seat } from './support/console.js';
import { expectSound } from './support/looks.js';

const TENANT = 'airline';
const TOOL = 'report_lost_luggage';
const SUBJECT = { type: 'user', id: 'a_guest_without_luggage' };

let browser: Browser;
let seat: Seat;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: member(TENANT, 'owner') });
  const { policy } = await seat.graphql<{
    policy: { revision: number; document: { assistants: Record<string, { tools: string[] }> } };
  }>('query ($tenant: String!) { policy(tenant: $tenant) { revision document } }', { tenant: TENANT });
  const name = credentials().tenants[TENANT]!.assistant;
  const assistant = policy.document.assistants[name]!;
  await seat.graphql(
    `mutation ($tenant: String!, $edits: [JSON!]!, $revision: Int!) {
      publishPolicy(tenant: $tenant, edits: $edits, expectedRevision: $revision, reason: "A tool nobody may use yet") { revision }
    }`,
    {
      tenant: TENANT,
      revision: policy.revision,
      edits: [
        {
          kind: 'tool',
          name: TOOL,
          value: { class: 'write', justification: 'Needed in a test.', schema: {} },
        },
        { kind: 'assistant', name, value: { ...assistant, tools: [...assistant.tools, TOOL] } },
      ],
    },
  );
  await seat.graphql(
    `mutation ($tenant: String!, $id: String!) {
      bindSubject(tenant: $tenant, type: "user", id: $id, roles: ["guest"], expectedVersion: 0, reason: "A guest for the test") { version }
    }`,
    { tenant: TENANT, id: SUBJECT.id },
  );
});
afterAll(async () => {
  await seat.close();
  await browser.close();
});

it('takes five interactions from a denial to a reviewed grant', async () => {
  expect((await agentAsks(TENANT, TOOL, SUBJECT)).context.reason).toBe('no_grant');
  const { page } = seat;
  await page.goto(`/${TENANT}`);
  let interactions = 0;
  const click = async (name: RegExp | string, role: 'link' | 'button' | 'row' = 'link') => {
    await page.getByRole(role, { name }).first().click();
    interactions += 1;
  };
  await page
    .getByRole('row', { name: new RegExp(TOOL) })
    .getByRole('link')
    .click();
  interactions += 1;
  await page.getByRole('grid', { name: /Evaluations/ }).waitFor();
  await click(new RegExp(TOOL), 'row');
  await page.getByText('The subject was guest.').waitFor();
  await click('Propose grant to guest');
  await page.getByRole('region', { name: 'Draft' }).getByText('+1 allow').waitFor();
  await click(/^Review/, 'button');
  const review = page.getByRole('dialog', { name: /Review 1 change/ });
  await review.getByText('Widens what agents may do').waitFor();
  // Who inherits it is told, before it is published.
  await review.getByText('inherited from guest').first().waitFor();
  expect(await review.getByRole('textbox').inputValue()).toContain(`guest needs ${TOOL}`);
  await click(/^Publish 1 change/, 'button');
  await page.getByText(/v\d+ is published/).waitFor();
  expect(interactions).toBeLessThanOrEqual(5);
  await expect.poll(async () => (await agentAsks(TENANT, TOOL, SUBJECT)).decision).toBe(true);
});

it('writes a condition from the menu, checked as it is typed, tried on recorded calls and read in words', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/permissions?q=${TOOL}&cell=guest~${TOOL}`);
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /Condition/ }).click();
  const dialog = page.getByRole('dialog', { name: `guest × ${TOOL}` });
  const field = dialog.getByLabel('When (CEL)');
  await field.fill('args.pieces < 3 &&\n  nobody.b');
  await dialog.getByText(/line 2, character 3: there is no variable nobody/).waitFor();
  expect(await dialog.getByRole('button', { name: 'Put into the draft' }).isDisabled()).toBe(true);
  await field.fill('context.channel == "background"');
  await dialog.getByText('Reads: Allow when context.channel is "background".').waitFor();
  await dialog.getByRole('region', { name: 'Tried on recorded calls' }).getByText('holds:').first().waitFor();
  await expectSound(page);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('region', { name: 'Draft' }).getByText('1 unpublished change').waitFor();
  await page.getByRole('button', { name: 'Discard' }).click();
});
