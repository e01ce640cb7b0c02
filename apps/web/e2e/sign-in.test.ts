/** Getting in and out: the password, the second factor, the one-time link. */
import { createHmac } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { admin, member, sit, type SignIn } from './support/console.js';

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());

async function signIn(page: Page, { email, password }: Pick<SignIn, 'email' | 'password'>) {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function signOut(page: Page) {
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

it('refuses a wrong password, takes the right one, returns to where one was going, and lets go', async () => {
  const { page, close } = await sit(browser);
  const viewer = member('telecom', 'viewer');
  await page.goto('/telecom/panic?t=7d');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(page, { ...viewer, password: 'not the password at all' });
  await page.getByRole('alert').waitFor();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await signIn(page, viewer);
  await page.waitForURL('**/telecom/panic?t=7d');
  await page.getByRole('heading', { name: 'Panic switch' }).waitFor();
  await signOut(page);
  await page.goto('/telecom');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await close();
});

it('asks for the second factor once it is set up', async () => {
  const { page, close } = await sit(browser);
  const auditor = member('telecom', 'auditor');
  await page.goto('/telecom/settings/preferences');
  await signIn(page, auditor);
  await page.getByLabel('Your password').fill(auditor.password);
  await page.getByRole('button', { name: 'Set up' }).click();
  const secret = await page.locator('code').innerText();
  // A code counts once: each use takes another step of the window that the API allows.
  await page.getByLabel('Code from your authenticator').fill(totp(secret, -1));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByText(/^On\. Signing in takes a code/).waitFor();
  await signOut(page);

  await signIn(page, auditor);
  await page.getByRole('heading', { name: 'Second factor' }).waitFor();
  await page.getByLabel('Code from your authenticator').fill(wrong(totp(secret)));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Code from your authenticator').fill(totp(secret));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await close();
});

it('lets a new member set a password by a link that works once', async () => {
  const owner = await sit(browser, { as: admin() });
  const email = `new-${Date.now()}@telecom.example`;
  const { addMember } = await owner.graphql<{ addMember: { setupUrl: string } }>(
    `mutation ($email: String!) {
      addMember(tenant: "telecom", email: $email, name: "New Member", roles: [viewer], reason: "joins the team") { setupUrl }
    }`,
    { email },
  );
  const link = new URL(addMember.setupUrl);
  const path = `${link.pathname}${link.hash}`;
  const { page, close } = await sit(browser);
  await page.goto(path);
  await page.getByLabel('New password').fill('a long enough password');
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByText('Your password is set.').waitFor();
  expect(page.url()).not.toContain('token');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await signIn(page, { email, password: 'a long enough password' });
  await page.waitForURL('**/telecom');
  await signOut(page);

  await page.goto('/sign-in');
  await page.goto(path);
  await page.getByLabel('New password').fill('another long password');
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByRole('alert').waitFor();
  await close();
  await owner.close();
});

/** RFC 6238: SHA-1, 30 seconds, six digits. */
function totp(secret: string, stepsAway = 0): string {
  const bits = Array.from(secret.replaceAll(/[\s=]/g, ''))
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAway));
  const mac = createHmac('sha1', key).update(counter).digest();
  const code = mac.readUInt32BE(mac.at(-1)! & 0xf) & 0x7f_ff_ff_ff;
  return String(code % 1_000_000).padStart(6, '0');
}

const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
