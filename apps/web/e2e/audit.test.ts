/** What was exported here is verified here, and one changed byte is found where it is. */
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { member, sit, type Seat } from './support/console.js';

const TENANT = 'airline';
let browser: Browser;
let seat: Seat;
let exported: string;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: member(TENANT, 'auditor') });
});
afterAll(async () => {
  await seat.close();
  await browser.close();
});

it('exports the whole log, with its reason on record', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/audit`);
  await page.getByRole('button', { name: 'Export…' }).click();
  await page.getByLabel('Range').selectOption('all');
  await page.getByText('A complete range').waitFor();
  await page.getByRole('button', { name: 'Periodic evidence for audit' }).click();
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Export [\d,]+ records$/ }).click();
  exported = await readFile(await (await file).path(), 'utf8');
  expect(exported.split('\n').length).toBeGreaterThan(10);
  await page.goto(`/${TENANT}/audit?action=audit.export`);
  await page.getByRole('gridcell', { name: 'Periodic evidence for audit' }).first().waitFor();
});

async function verdictOf(text: string): Promise<string> {
  const { page } = seat;
  await page.goto(`/${TENANT}/audit/verify`);
  await page
    .getByLabel('Export to verify')
    .setInputFiles({ name: 'audit.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from(text) });
  return page.getByRole('region', { name: 'Verdict' }).innerText();
}

it('verifies the file it exported, and says at which level', async () => {
  const verdict = await verdictOf(exported);
  expect(verdict).toContain('Consistent; signatures not checked');
  expect(verdict).toContain('no key was given');
  await seat.page
    .getByText('node packages/audit/bin/reeve-audit.mjs verify audit.ndjson --keys key.json')
    .waitFor();
});

it('finds one flipped byte at its record, and leads there', async () => {
  const lines = exported.split('\n');
  lines[5] = lines[5]!.replace('\\"kind\\":\\"', '\\"kinD\\":\\"');
  expect(await verdictOf(lines.join('\n'))).toContain('Broken at #5');
  await seat.page.getByRole('link', { name: 'record #5 as it stands here' }).click();
  await seat.page.getByRole('complementary', { name: '#5' }).waitFor();
});

it('calls a cut file incomplete, and counts what is missing', async () => {
  const lines = exported.split('\n');
  expect(await verdictOf(`${lines.slice(0, -4).join('\n')}\n`)).toContain('Incomplete: 3 missing');
});

it('keeps its filters in the address', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/audit?t=7d`);
  await page.getByRole('button', { name: /^Kind/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Changes' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.url()).toContain('change');
  await page.reload();
  await page.getByRole('button', { name: 'Kind: Changes' }).waitFor();
});

it('exports a month and verifies it in 5 interactions', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/audit`);
  await page.getByRole('button', { name: 'Export…' }).waitFor();
  let interactions = 0;
  const act = async (doing: Promise<unknown>) => {
    interactions += 1;
    await doing;
  };
  await act(page.getByRole('button', { name: 'Export…' }).click());
  await act(page.getByLabel('Range').selectOption('this month'));
  await act(page.getByRole('button', { name: 'Periodic evidence for audit' }).click());
  await act(page.getByRole('button', { name: /^Export [\d,]+ records$/ }).click());
  await act(page.getByRole('button', { name: 'Verify it' }).click());
  const verdict = await page.getByRole('region', { name: 'Verdict' }).innerText();
  expect(verdict).toContain('Consistent; signatures not checked');
  expect(interactions).toBe(5);
});

it('tells a change as a sentence, with its digests folded', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/audit?action=policy.publish&t=30d`);
  await page.locator('[role=grid] [role=rowgroup] [role=row]').first().click();
  const peek = page.getByRole('main').getByRole('complementary');
  await peek.getByText(/published the policy’s revision \d+/).waitFor();
  await peek.getByText('Its digest').waitFor();
  expect(await peek.getByText('digest', { exact: true }).isVisible()).toBe(false);
});

it('is filtered by actor and by subject, both in the address', async () => {
  const { page } = seat;
  const rows = page.locator('[role=grid] [role=rowgroup] [role=row]');
  await page.goto(`/${TENANT}/audit?t=30d&kind=evaluation`);
  await rows.first().waitFor();
  await page.getByRole('button', { name: /^Actor/ }).click();
  await page.getByRole('menuitemcheckbox').last().click();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.url()).toContain('actor=');
  await page.goto(`/${TENANT}/audit?t=30d&kind=evaluation`);
  await rows.first().click();
  await page.getByRole('button', { name: 'Only about them' }).click();
  await expect.poll(() => page.url()).toContain('subject=');
  const named = rows.first().getByRole('gridcell').nth(5);
  await expect.poll(() => named.innerText()).toContain('/');
});
