/** A key is shown once, works at once, and stops at once. */
import { execFileSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { consoleUrl, launchBrowser } from './support/browser.js';
import { credentials, member, sit, type Seat } from './support/console.js';

const TENANT = 'airline';
let browser: Browser;
let seat: Seat;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: member(TENANT, 'owner') });
});
afterAll(async () => {
  await seat.close();
  await browser.close();
});

async function asks(secret: string): Promise<number> {
  const { exampleSubject, assistant } = credentials().tenants[TENANT]!;
  const answer = await fetch(`${consoleUrl()}/access/v1/evaluation`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      subject: exampleSubject,
      action: { name: 'tools/call' },
      resource: { type: 'tool', id: 'list_all_airports', properties: { arguments: {} } },
      context: { agent: assistant },
    }),
  });
  return answer.status;
}

it('creates a key that works and revokes it so that it does not', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/settings/keys`);
  await page.getByRole('button', { name: 'Create key…' }).click();
  await page.getByLabel('Name').fill('made by a test');
  await page.getByRole('button', { name: 'New agent goes live' }).click();
  await page.getByRole('button', { name: 'Create key', exact: true }).click();
  await page.getByText('Shown this once').waitFor();
  await page.getByText('A first question, which is allowed').waitFor();
  const secret = (await page.getByRole('dialog').locator('code').first().innerText()).trim();
  expect(secret).toMatch(/^rvk_agent_/);
  expect(await asks(secret)).toBe(200);
  const command = await page.getByRole('dialog').locator('code').last().innerText();
  expect(command).toContain(secret);
  const answer = execFileSync('bash', ['-c', `${command} -s`], { encoding: 'utf8' });
  expect(JSON.parse(answer)).toMatchObject({ decision: true });
  await page.getByRole('button', { name: 'I have kept it' }).click();
  expect(await page.getByText(secret).count()).toBe(0);

  await page.getByRole('button', { name: 'Limit made by a test' }).click();
  await page.getByLabel('Questions a second').fill('1');
  await page.getByRole('button', { name: 'An agent that loops' }).click();
  await page.getByRole('button', { name: 'Set limits' }).click();
  await page.getByText('made by a test has its limits').waitFor();
  await page.getByText('1 questions/s').waitFor();
  const answers = await Promise.all([1, 2, 3].map(() => asks(secret)));
  expect(answers).toContain(429);

  await page.getByRole('button', { name: 'Revoke made by a test' }).click();
  await page.getByRole('button', { name: 'Key was exposed' }).click();
  await page.getByRole('button', { name: 'Revoke key' }).click();
  await page.getByText('made by a test is revoked').waitFor();
  // Its limit counts what it asked before, and says no before anybody looks at the key.
  await expect.poll(() => asks(secret), { timeout: 10_000 }).toBe(401);
});

it('adds a member whose link is shown once', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/settings/members`);
  await page.getByRole('button', { name: 'Add member…' }).click();
  await page.getByLabel('E-mail').fill(`joined-${Date.now()}@airline.example`);
  await page.getByLabel('Name').fill('Joined Today');
  await page.getByRole('button', { name: 'Joined the team' }).click();
  await page.getByRole('button', { name: 'Add member', exact: true }).click();
  await page.getByText(/\/join#token=/).waitFor();
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByText('invited, link not used yet').first().waitFor();
});
