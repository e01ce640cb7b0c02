/** A stop is three interactions away from what it is about, says what it does before it is used, and presumes nothing. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { admin, agentAsks, credentials, liftAll, member, sit, type Seat } from './support/console.js';
import { Interactions } from './support/interactions.js';
import { violations } from './support/looks.js';

const TENANT = 'airline';
const TOOL = 'list_all_airports';

let browser: Browser;
let seat: Seat;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: member(TENANT, 'operator') });
});
afterEach(() => liftAll(seat, TENANT));
afterAll(async () => {
  await seat.close();
  await browser.close();
});

const inForce = async () =>
  (
    await seat.graphql<{ killSwitches: { scope: string; target: string }[] }>(
      `{ killSwitches(tenant: "${TENANT}") { scope target } }`,
    )
  ).killSwitches;
const reason = () => seat.page.getByRole('button', { name: 'Suspected abuse' });
const dialog = () => seat.page.getByRole('dialog');
const gone = () => dialog().waitFor({ state: 'detached' });
const evaluated = async () => {
  expect(await agentAsks(TENANT)).toMatchObject({ decision: true });
  const { evaluations } = await seat.graphql<{ evaluations: { nodes: { id: string }[] } }>(
    `{ evaluations(tenant: "${TENANT}", first: 1, filter: { tool: ["${TOOL}"] }) { nodes { id } } }`,
  );
  return evaluations.nodes[0]!.id;
};

describe('in three interactions', () => {
  it('the tenant, from any page', async () => {
    const { page } = seat;
    await page.goto(`/${TENANT}/audit`);
    const does = new Interactions(page);
    await does.click(page.getByRole('button', { name: /^Panic/ }));
    await does.click(reason());
    await does.click(page.getByRole('button', { name: /^Stop Halcyon Air/ }));
    await gone();
    expect(does.count).toBeLessThanOrEqual(3);
    expect(await inForce()).toEqual([{ scope: 'tenant', target: '' }]);
  });

  it('a tool, from its panel', async () => {
    const { page } = seat;
    await page.goto(`/${TENANT}/tools?tool=${TOOL}`);
    const does = new Interactions(page);
    await does.click(page.getByRole('button', { name: 'Stop tool…' }));
    await dialog()
      .getByText(`Tool ${TOOL} of Halcyon Air is refused until this is lifted; all other tools go on.`)
      .waitFor();
    await does.click(reason());
    await does.click(dialog().getByRole('button', { name: new RegExp(`^Stop ${TOOL}`) }));
    await gone();
    expect(does.count).toBeLessThanOrEqual(3);
    expect(await inForce()).toEqual([{ scope: 'tool', target: TOOL }]);
    expect(await agentAsks(TENANT)).toMatchObject({ context: { reason: 'kill_switch_stopped' } });
  });

  it('a tool and an assistant, from an evaluation', async () => {
    const { page } = seat;
    const { assistant } = credentials().tenants[TENANT]!;
    for (const [what, name] of [
      ['tool', TOOL],
      ['assistant', assistant],
    ] as const) {
      await page.goto(`/${TENANT}/evaluations?peek=${await evaluated()}`);
      const does = new Interactions(page);
      await does.click(page.getByRole('button', { name: `Stop ${what}…` }));
      await does.click(reason());
      await does.click(dialog().getByRole('button', { name: new RegExp(`^Stop ${name}`) }));
      await gone();
      expect(does.count).toBeLessThanOrEqual(3);
      expect(await inForce()).toEqual([{ scope: what, target: name }]);
      await liftAll(seat, TENANT);
    }
  });
});

it.each(['/_all', `/${TENANT}/audit`])(
  'of every tenant is four from %s, and says who could lift it',
  async (from) => {
    const all = await sit(browser, { as: admin() });
    const { page } = all;
    await page.goto(from);
    const does = new Interactions(page);
    await does.click(page.getByRole('button', { name: /^Panic/ }));
    const open = page.getByRole('dialog');
    await does.click(page.getByRole('button', { name: 'Drill for practice' }));
    await does.type(page.getByLabel(/^Type STOP ALL/), 'STOP ALL');
    await open.getByText('Every agent of every tenant goes on answering; no tool runs').waitFor();
    await open.getByText(/^Lifting takes .+ alone: asked for once, and done 60 s later/).waitFor();
    const stop = page.getByRole('button', { name: /^Stop every tenant/ });
    expect(await stop.isEnabled()).toBe(true);
    expect(does.count + 1).toBeLessThanOrEqual(4); // not done: it would stop the other tests' agents for a minute
    await page.getByRole('button', { name: 'Cancel' }).click();
    await all.close();
  },
);

it('is in the palette by the name of what it is about', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/settings/preferences`);
  await page.getByRole('button', { name: /^Panic/ }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByLabel('Search or run a command').fill(`stop tool ${TOOL}`);
  await page.getByRole('option', { name: new RegExp(`Stop tool ${TOOL}`) }).click();
  await page.getByRole('button', { name: new RegExp(`^Stop ${TOOL}`) }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
});

it('chooses nothing because it comes first: one tool is typed or picked, and the page’s own is there', async () => {
  const { page } = seat;
  await page.goto(`/${TENANT}/settings/preferences`);
  await page.getByRole('button', { name: /^Panic/ }).waitFor();
  await page.keyboard.press('Shift+P');
  await reason().click();
  await dialog().getByLabel('What to stop').selectOption('tool');
  const which = dialog().getByLabel('Which');
  expect(await which.inputValue()).toBe('');
  const stop = dialog().getByRole('button', { name: /^Stop a tool/ });
  expect(await stop.isDisabled()).toBe(true);
  await which.fill('airports');
  await page.getByRole('option', { name: TOOL }).click();
  expect(await which.inputValue()).toBe(TOOL);
  await dialog().getByLabel('What to stop').selectOption('tool_class');
  expect(await dialog().getByLabel('Which').inputValue()).toBe('');
  await page.getByRole('button', { name: 'Cancel' }).click();

  await page.goto(`/${TENANT}/tools?tool=${TOOL}`);
  await page.getByRole('button', { name: 'Stop tool…' }).waitFor();
  await page.keyboard.press('Shift+P');
  await dialog().getByLabel('What to stop').selectOption('tool');
  expect(await dialog().getByLabel('Which').inputValue()).toBe(TOOL);
  await page.getByRole('button', { name: 'Cancel' }).click();
});

describe.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', (colorScheme) => {
  it.each([1440, 1024, 480])('at %i px: the dialog and its list', async (width) => {
    const { page, close } = await sit(browser, {
      as: member(TENANT, 'operator'),
      colorScheme,
      viewport: { width, height: 900 },
    });
    await page.goto(`/${TENANT}/panic`);
    await page.getByText('Nothing is stopped', { exact: true }).waitFor();
    await page.keyboard.press('Shift+P');
    const open = page.getByRole('dialog', { name: /^Stop/ });
    await open.getByText(/^Lifting takes/).waitFor();
    expect(await violations(page)).toEqual([]);
    await open.getByLabel('What to stop').selectOption('tool');
    await open.getByLabel('Which').click();
    await page.getByRole('option').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await close();
  });
});
