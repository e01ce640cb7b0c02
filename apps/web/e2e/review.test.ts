/** A review says everything, however much it is: 4,000 effects of five edits, and whose bindings end with them. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { admin, sit, type Seat } from './support/console.js';
import { expectSound } from './support/looks.js';

const TENANT = `vast-${Date.now()}`;
const TOOLS = 1_000;
const HEIRS = ['heir_1', 'heir_2', 'heir_3', 'heir_4'];
const because = 'a policy as large as they get';

let browser: Browser;
let seat: Seat;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: admin() });
  await seat.graphql(
    `mutation { createTenant(name: "Vast", slug: "${TENANT}", reason: "${because}") { id } }`,
  );
  const tools = Array.from({ length: TOOLS }, (_, i) => `tool_${i}`);
  await seat.graphql(
    `mutation ($edits: [JSON!]!) { publishPolicy(tenant: "${TENANT}", expectedRevision: 0, edits: $edits, reason: "${because}") { revision } }`,
    {
      edits: [
        ...tools.map((name) => ({
          kind: 'tool',
          name,
          value: { class: 'read', justification: 'reads only, and nothing else', schema: {} },
        })),
        ...['estate', 'old', ...HEIRS].map((name) => ({ kind: 'role', name, value: {} })),
        ...tools.map((tool) => ({ kind: 'cell', role: 'estate', tool, value: { effect: 'allow' } })),
      ],
    },
  );
  await seat.graphql(
    `mutation { bindSubject(tenant: "${TENANT}", type: "user", id: "ada", roles: ["old"], expectedVersion: 0, reason: "${because}") { id } }`,
  );
  await seat.graphql(
    `mutation ($edits: [JSON!]!) { savePolicyDraft(tenant: "${TENANT}", baseRevision: 1, edits: $edits, expectedVersion: 0) { version } }`,
    {
      edits: [
        ...HEIRS.map((name) => ({ kind: 'role', name, value: { inherits: ['estate'] } })),
        { kind: 'role', name: 'old', value: null },
      ],
    },
  );
});
afterAll(async () => {
  await seat.close();
  await browser.close();
});

it('lists every effect, draws those in sight, says whose bindings end, and passes axe', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/permissions`);
  await page.getByRole('button', { name: /^Review/ }).click();
  const review = page.getByRole('dialog', { name: 'Review 5 changes' });
  const effects = review.getByRole('table', { name: /^4,0\d\d effects, widening first$/ });
  await effects.getByText('inherited from estate').first().waitFor();
  const rows = Number(await effects.getAttribute('aria-rowcount'));
  expect(rows).toBeGreaterThan(TOOLS * HEIRS.length);
  expect(await effects.getByRole('row').count()).toBeLessThan(100);

  const ends = review.getByRole('region', { name: 'Bindings that end' });
  await ends.getByText('1 subject loses the role old').waitFor();
  await ends.getByText('ada').waitFor();
  await expectSound(page);

  // Rows are as tall as what they say, which is known once they are drawn: the end may be a little further.
  await effects.focus();
  await expect
    .poll(async () => {
      await page.keyboard.press('End');
      return effects.locator(`[aria-rowindex="${rows}"]`).count();
    })
    .toBe(1);
  expect(await effects.getByRole('row').count()).toBeLessThan(100);
});
