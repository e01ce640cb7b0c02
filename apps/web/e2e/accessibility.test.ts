/** Nothing that axe can find is wrong, on any page or layer, in either theme. A page added to the list is covered. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESTINATIONS } from '../src/app/destinations.js';
import { launchBrowser } from './support/browser.js';
import { admin, sit, type Seat } from './support/console.js';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished)));
  const { violations: found } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  let seat: Seat;
  beforeAll(async () => void (seat = await sit(browser, { as: admin(), colorScheme })));
  afterAll(() => seat.close());

  const open = async (to: string, scope: string) => {
    await seat.page.goto(to.replace('$scope', scope));
    await seat.page.locator('main h1, main p').first().waitFor();
    await seat.page.locator('[aria-label="Loading"]').waitFor({ state: 'detached' });
  };

  it.each(DESTINATIONS.map(({ label, to }) => [label, to] as const))('%s', async (_, to) => {
    await open(to, 'airline');
    expect(await violations(seat.page)).toEqual([]);
  });

  it.each([1024, 480])(
    '%i px wide no page scrolls sideways, and panic and the account are in reach',
    async (width) => {
      const { page } = seat;
      await page.setViewportSize({ width, height: 900 });
      for (const { to } of DESTINATIONS) {
        await open(to, 'airline');
        const tooWide = await page.evaluate(() =>
          [document.scrollingElement!, document.querySelector('main')!].some(
            (each) => each.scrollWidth > each.clientWidth,
          ),
        );
        expect({ to, tooWide }).toEqual({ to, tooWide: false });
        for (const name of [/^Panic/, /^Account of/]) {
          const { x, width: wide } = (await page
            .getByRole('banner')
            .getByRole('button', { name })
            .boundingBox())!;
          expect(x + wide).toBeLessThanOrEqual(width);
        }
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    },
  );

  it.each([
    ['/$scope', /^Account of/],
    ['/$scope', /^Halcyon Air/],
    ['/$scope/evaluations', /^Effect/],
  ])('on %s the menu of %s', async (to, name) => {
    await open(to, 'airline');
    await seat.page.getByRole('button', { name }).first().click();
    await seat.page.getByRole('menu').waitFor();
    expect(await violations(seat.page)).toEqual([]);
  });

  it.each(DESTINATIONS.filter((each) => each.acrossTenants).map(({ label, to }) => [label, to] as const))(
    '%s, across tenants',
    async (_, to) => {
      await open(to, '_all');
      expect(await violations(seat.page)).toEqual([]);
    },
  );

  it.each([
    ['the stop dialog', 'Shift+P'],
    ['the palette', 'Control+k'],
    ['the shortcut sheet', '?'],
    ['the time range', 't'],
  ])('%s', async (_, keys) => {
    await open('/$scope', 'airline');
    await seat.page.keyboard.press(keys);
    await seat.page.getByRole('dialog').waitFor();
    expect(await violations(seat.page)).toEqual([]);
  });

  it.each([
    ['/$scope/quotas', 'Add quota'],
    ['/$scope/tools', 'Import…'],
    ['/$scope/audit', 'Export…'],
    ['/$scope/settings/members', 'Add member…'],
    ['/$scope/settings/keys', 'Create key…'],
    ['/$scope/settings/subjects', 'Bind subject…'],
    ['/$scope/settings/tenants', 'Create tenant…'],
    ['/$scope/settings/administrators', 'Add administrator…'],
  ])('on %s the dialog of %s', async (to, name) => {
    await open(to, 'airline');
    await seat.page.getByRole('button', { name }).click();
    await seat.page.getByRole('dialog').waitFor();
    expect(await violations(seat.page)).toEqual([]);
  });

  it.each([1440, 480])('a member’s link, alive, with an account, and dead, %i px wide', async (width) => {
    const { addMember } = await seat.graphql<{ addMember: { link: { url: string } } }>(
      `mutation ($email: String!) {
        addMember(tenant: "telecom", email: $email, name: "Axe", roles: [viewer], reason: "is looked at by axe") { link { url } }
      }`,
      { email: `axe-${colorScheme}-${width}@telecom.example` },
    );
    const stranger = await sit(browser, { colorScheme, viewport: { width, height: 900 } });
    await stranger.page.goto(`/join${new URL(addMember.link.url).hash}`);
    await stranger.page.getByLabel('Choose a password').waitFor();
    expect(await violations(stranger.page)).toEqual([]);
    await stranger.page.getByRole('button', { name: 'Use my account' }).click();
    await stranger.page.getByLabel('Your password so far').waitFor();
    expect(await violations(stranger.page)).toEqual([]);
    await stranger.page.goto('/sign-in');
    await stranger.page.goto('/join#token=dead');
    await stranger.page.getByText('This link does not work').waitFor();
    expect(await violations(stranger.page)).toEqual([]);
    await stranger.close();
  });

  it('the second factor’s QR code', async () => {
    await open('/$scope/settings/preferences', 'airline');
    await seat.page.getByLabel('Your password').fill(admin().password);
    await seat.page.getByRole('button', { name: 'Set up' }).click();
    await seat.page.getByRole('img', { name: 'QR code of the key' }).waitFor();
    expect(await violations(seat.page)).toEqual([]);
  });

  it('signing in', async () => {
    const stranger = await sit(browser, { colorScheme });
    await stranger.page.goto('/');
    await stranger.page.getByLabel('Password').waitFor();
    expect(await violations(stranger.page)).toEqual([]);
    await stranger.close();
  });
});
