/** Getting in and out: the password, the second factor, the one-time link. */
import { createHmac } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { admin, member, sit, type Seat, type SignIn } from './support/console.js';

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
  await page.getByRole('img', { name: 'QR code of the key' }).waitFor();
  const secret = await page.locator('code').innerText();
  // A code counts once: each use takes another step of the window that the API allows.
  await page.getByLabel('Code from your authenticator').fill(totp(secret, -1));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
  const codes = await page
    .getByRole('list', { name: 'Recovery codes' })
    .getByRole('listitem')
    .allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText(/^On\. Signing in takes a code/).waitFor();
  await page.getByText(/^10 recovery codes left/).waitFor();
  await signOut(page);

  const code = page.getByLabel(/^Code from your authenticator/);
  await signIn(page, auditor);
  await page.getByRole('heading', { name: 'Second factor' }).waitFor();
  await code.fill(wrong(totp(secret)));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').waitFor();
  await code.fill(totp(secret));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
  await signOut(page);

  for (const [typed, works] of [
    [codes[0]!.toLowerCase(), true],
    [codes[0]!, false],
    [codes[1]!, true],
  ] as const) {
    await signIn(page, auditor);
    await code.fill(typed);
    await page.getByRole('button', { name: 'Continue' }).click();
    if (works) {
      await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
      await signOut(page);
    } else {
      await page.getByRole('alert').waitFor();
      await page.goto('/sign-in');
      await page.context().clearCookies();
      await page.goto('/sign-in');
    }
  }
  await close();
});

async function invite(seat: Seat, tenant: string, email: string): Promise<string> {
  const { addMember } = await seat.graphql<{ addMember: { link: { url: string } } }>(
    `mutation ($tenant: String!, $email: String!) {
      addMember(tenant: $tenant, email: $email, name: "New Member", roles: [viewer], reason: "joins the team") { link { url } }
    }`,
    { tenant, email },
  );
  const link = new URL(addMember.link.url);
  return `${link.pathname}${link.hash}`;
}

it('lets a new member in by a link that says whose it is and works once', async () => {
  const owner = await sit(browser, { as: admin() });
  const email = `new-${Date.now()}@telecom.example`;
  const path = await invite(owner, 'telecom', email);
  const { page, close } = await sit(browser);
  await page.goto(path);
  await page.getByRole('heading', { name: 'Join Northline Mobile' }).waitFor();
  await page.getByText(email).waitFor();
  await page.getByText('Platform Admin').waitFor();
  await page.getByLabel('Choose a password').fill('a long enough password');
  await page.getByRole('button', { name: 'Set password and join' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  expect(page.url()).not.toContain('token');
  await signOut(page);
  await signIn(page, { email, password: 'a long enough password' });
  await page.waitForURL('**/telecom');

  // Dead, and says so before anything is typed.
  await page.goto('/sign-in');
  await page.goto(path);
  await page.getByText('This link does not work').waitFor();
  expect(await page.getByLabel(/password/i).count()).toBe(0);
  await close();
  await owner.close();
});

it('lets somebody join a second tenant with the account they have, proved and given a new password', async () => {
  const owner = await sit(browser, { as: admin() });
  const email = `both-${Date.now()}@example.com`;
  const { page, close } = await sit(browser);
  await page.goto(await invite(owner, 'telecom', email));
  await page.getByLabel('Choose a password').fill('a long enough password');
  await page.getByRole('button', { name: 'Set password and join' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();

  await page.goto(await invite(owner, 'retail', email));
  await page.getByRole('heading', { name: 'Join Marlow & Finch' }).waitFor();
  await page.getByRole('button', { name: 'Use my account' }).click();
  await page.getByLabel('Your password so far').fill('not the password');
  await page.getByLabel('A new password').fill('another long password');
  await page.getByRole('button', { name: 'Prove it and join' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Your password so far').fill('a long enough password');
  await page.getByRole('button', { name: 'Prove it and join' }).click();
  await page.waitForURL('**/retail');
  await page.goto('/telecom');
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
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
