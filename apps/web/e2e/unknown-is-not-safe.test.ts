/** What the console does not know it does not draw as well: stops that cannot be read, a session that is gone, old lists. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { member, sit } from './support/console.js';

const TENANT = 'retail';
let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());

it('does not say that nothing is stopped when it could not read what is', async () => {
  const seat = await sit(browser, { as: member(TENANT, 'operator') });
  const { page } = seat;
  await page.route('**/graphql', async (route) =>
    (route.request().postData() ?? '').includes('KillSwitches')
      ? route.fulfill({
          status: 200,
          json: { data: null, errors: [{ message: 'no', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
        })
      : route.continue(),
  );
  await page.goto(`/${TENANT}/panic`);
  await page.getByText('what is stopped is not known', { exact: true }).waitFor();
  await page.getByText('What is stopped is not known right now: it could not be read.').waitFor();
  expect(await page.getByText(/nothing is stopped/i).count()).toBe(0);
  await seat.close();
});

it('says how old a list is that could not be read again', async () => {
  const seat = await sit(browser, { as: member(TENANT, 'owner') });
  const { page } = seat;
  await page.goto(`/${TENANT}/settings/members`);
  await page.getByRole('row').nth(1).waitFor();
  await page.route('**/graphql', (route) =>
    route.fulfill({
      status: 200,
      json: { data: null, errors: [{ message: 'no', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
    }),
  );
  await page.evaluate(() => {
    dispatchEvent(new Event('visibilitychange'));
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.getByText(/^What is shown was read .+ ago, and not since/).waitFor();
  await page.getByText(/^What is stopped is shown as of .+ ago/).waitFor();
  expect(await page.getByRole('row').count()).toBeGreaterThan(1);
  await seat.close();
});

it('leads to the sign-in when the session has ended, back to the same view, with the draft', async () => {
  const { email, password } = member(TENANT, 'policy_editor');
  // A session of its own: it ends here.
  const seat = await sit(browser);
  const { page } = seat;
  await page.goto(`/${TENANT}/tools?q=order`);
  const signIn = async () => {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  await signIn();
  await page.getByRole('button', { name: 'Add tool' }).click();
  await page.getByLabel('Name').fill('kept_tool');
  await page.getByLabel('Why this class').fill('Kept although the session ended.');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Put into the draft' }).click();

  await page.waitForURL((url) => url.pathname === '/sign-in');
  expect(new URL(page.url()).searchParams.get('next')).toMatch(new RegExp(`^/${TENANT}/tools\\?.*q=order`));
  await signIn();
  await page.waitForURL((url) => url.pathname === `/${TENANT}/tools`);
  await page
    .getByText(/1 unpublished change/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Discard' }).first().click();
  await seat.close();
});

it('never leads elsewhere after the sign-in', async () => {
  const { email, password } = member(TENANT, 'viewer');
  for (const next of [
    '//elsewhere.test/x',
    '/\\elsewhere.test',
    '/%09/elsewhere.test',
    'https://elsewhere.test',
  ]) {
    const seat = await sit(browser);
    const { page } = seat;
    await page.goto(`/sign-in?next=${next.startsWith('/%') ? next : encodeURIComponent(next)}`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: /^Panic/ }).waitFor();
    expect(new URL(page.url()).hostname).not.toContain('elsewhere');
    await seat.close();
  }
});
