/** What stands around every page goes with the page: its keys are told first, and no address is a dead end. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { admin, member, sit, untilLoaded, type Seat } from './support/console.js';
import { violations } from './support/looks.js';

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  let seat: Seat;
  beforeAll(async () => void (seat = await sit(browser, { as: member('airline', 'owner'), colorScheme })));
  afterAll(() => seat.close());
  const page = () => seat.page;

  it.each([
    ['/airline/permissions?tab=history', ['Review the draft']],
    ['/airline/permissions', ['Filter tools', 'Allow', 'Ask', 'Undo']],
    ['/airline/audit', ['Next row', 'Export the audit log']],
    ['/airline/tools', ['Filter tools']],
  ])('on %s the sheet behind ? begins with its own keys', async (address, own) => {
    await page().goto(address);
    await page().getByRole('heading', { level: 1 }).waitFor();
    await untilLoaded(page());
    await page().keyboard.press('?');
    const sheet = page().getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.waitFor();
    expect(await sheet.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([
      'This page',
      ...(address === '/airline/permissions' ? ['The grid'] : []),
      'Everywhere',
      'Time',
      'Go to',
      'Guides',
    ]);
    const told = await sheet.locator('dt').allInnerTexts();
    for (const label of own) expect(told.indexOf(label)).toBeGreaterThanOrEqual(0);
    for (const label of own)
      expect(told.indexOf(label)).toBeLessThan(told.indexOf('Search or run a command'));
  });

  it.each(['/airline/nowhere', '/airline/permissions/nowhere', '/airline/settings'])(
    '%s keeps the shell, and leads on by a search or a link',
    async (address) => {
      await page().goto(address);
      await page().getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
      await page().getByRole('navigation', { name: 'Pages' }).waitFor();
      await page()
        .getByRole('button', { name: /^Panic/ })
        .waitFor();
      expect(await violations(page())).toEqual([]);
      await page().getByRole('main').getByRole('button', { name: 'Search' }).click();
      await page().getByRole('dialog').waitFor();
      await page().keyboard.press('Escape');
      await page().getByRole('main').getByRole('link', { name: 'Overview' }).click();
      await page().getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    },
  );

  it('a tenant that is none and one that is another’s are the same, and the shell leads to one’s own', async () => {
    for (const slug of ['no-such-tenant', 'retail']) {
      await page().goto(`/${slug}/permissions`);
      await page().getByRole('heading', { name: 'There is no such tenant, or it is not yours' }).waitFor();
    }
    expect(await violations(page())).toEqual([]);
    await page().keyboard.press('g');
    await page().keyboard.press('o');
    await page().getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    expect(new URL(page().url()).pathname).toBe('/_all');
  });
});

it('a platform administrator is told so, too, rather than shown a tenant that is none', async () => {
  const seat = await sit(browser, { as: admin() });
  await seat.page.goto('/no-such-tenant');
  await seat.page.getByRole('heading', { name: 'There is no such tenant, or it is not yours' }).waitFor();
  await seat.page.getByRole('main').getByRole('link', { name: 'All my tenants' }).click();
  await seat.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await seat.close();
});

it.each(['light', 'dark'] as const)(
  'the grid names nobody by half while there is room, and says what its marks mean, in the %s theme',
  async (colorScheme) => {
    const seat = await sit(browser, { as: member('airline', 'viewer'), colorScheme });
    await seat.page.goto('/airline/permissions');
    await seat.page.getByRole('grid').waitFor();
    const cut = await seat.page
      .getByRole('grid')
      .locator('th, th .truncate')
      .evaluateAll((names) =>
        names.filter((name) => name.scrollWidth > name.clientWidth).map((name) => name.textContent),
      );
    expect(cut).toEqual([]);
    await seat.page.getByRole('button', { name: 'Legend' }).click();
    const legend = seat.page.getByRole('dialog', { name: 'What the marks mean' });
    const marks = await legend.getByRole('term').allInnerTexts();
    expect(marks).toHaveLength(7);
    for (const mark of ['Allow', 'Ask', 'Deny', 'No', 'Inherited', 'With a condition', 'Changed'])
      expect(marks.some((each) => each.includes(mark))).toBe(true);
    expect(await violations(seat.page)).toEqual([]);
    await seat.page.keyboard.press('Escape');
    await legend.waitFor({ state: 'detached' });
    await seat.close();
  },
);
