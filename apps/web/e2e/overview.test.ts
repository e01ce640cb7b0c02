/** What the overview says is what the API counted; where one is stays in the URL. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { admin, agentAsks, agentConfesses, sit, type Seat } from './support/console.js';

const RANGE = { from: '2000-01-01T00:00:00.000Z', to: '2000-01-01T00:00:00.000Z' };
const number = new Intl.NumberFormat('en');

let browser: Browser;
let seat: Seat;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: admin() });
});
afterAll(async () => {
  await seat.close();
  await browser.close();
});

it('shows the numbers of the API', async () => {
  const { page } = seat;
  for (let i = 0; i < 3; i++) await agentAsks('airline', i === 0 ? 'no_such_tool' : 'list_all_airports');
  // A time that is over, so that nothing moves between the two answers.
  const range = {
    ...RANGE,
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date().toISOString(),
  };
  const { overview } = await seat.graphql<{
    overview: {
      totals: { [effect: string]: number };
      denials: { tool: string; count: number }[];
      reasons: { reason: string; count: number }[];
    };
  }>(
    `query ($from: DateTime!, $to: DateTime!) {
      overview(tenant: "airline", from: $from, to: $to) {
        totals { evaluations allow confirm approve deny } denials { tool count } reasons { reason count }
      }
    }`,
    range,
  );
  await page.goto(`/airline?${new URLSearchParams(range)}`);
  const tile = (name: string) =>
    page.getByRole('region', { name, exact: true }).locator('p').first().innerText();
  const { totals, denials, reasons } = overview;
  expect(totals['deny']).toBeGreaterThan(0);
  await page.getByRole('region', { name: 'Denied', exact: true }).waitFor();
  expect(await tile('Evaluations')).toBe(number.format(totals['evaluations']!));
  expect(await tile('Denied')).toBe(number.format(totals['deny']!));
  expect(await tile('Asked a person')).toBe(number.format(totals['approve']! + totals['confirm']!));

  const most = denials.toSorted((a, b) => b.count - a.count)[0]!;
  const row = page.getByRole('row', { name: new RegExp(`^${most.tool} `) });
  expect(await row.getByRole('cell').allInnerTexts()).toEqual([number.format(most.count)]);
  const why = page.getByRole('region', { name: 'Why denied' });
  for (const { reason, count } of reasons.slice(0, 3))
    expect(await why.getByText(reason.replaceAll('_', ' ')).locator('..').innerText()).toContain(
      number.format(count),
    );
  await page
    .getByRole('img', { name: new RegExp(`${number.format(totals['deny']!)} of them denied`) })
    .waitFor();
});

it('keeps the time range in the URL, and Back brings the one before', async () => {
  const { page } = seat;
  await page.goto('/airline');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  const type = async (text: string) => {
    await page.keyboard.press('t');
    await page.getByLabel('Type a range').fill(text);
    await page.keyboard.press('Enter');
  };
  await type('past 45m');
  await page.waitForURL('**/airline?t=45m');
  await page.getByRole('button', { name: /Past 45m/ }).waitFor();
  await type('nonsense');
  await page.getByText(/^“nonsense” is not understood\. Understood: 90 min/).waitFor();
  await page.keyboard.press('Escape');
  await type('2026-06-01 to 2026-06-02');
  await page.waitForURL('**/airline?from=*&to=*');
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    from: '2026-06-01T00:00:00.000Z',
    to: '2026-06-03T00:00:00.000Z',
  });
  await page.getByRole('button', { name: '1 Jun 2026 – 2 Jun 2026 UTC' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('x');
  await page.waitForURL('**/airline/panic?from=*&to=*');
  await page.goBack();
  await page.goBack();
  await page.waitForURL('**/airline?t=45m');
  await page.getByRole('button', { name: /Past 45m/ }).waitFor();
});

it('shows every time in the zone of the address, which stays from page to page', async () => {
  const { page } = seat;
  await agentAsks('airline');
  const tz = 'Asia/Kolkata';
  const there = new Intl.DateTimeFormat('en-GB', { timeZone: tz, hour: '2-digit', minute: '2-digit' });
  await page.goto(`/airline/evaluations?t=1h&tz=${tz}`);
  const newest = page.locator('[role=grid] [role=rowgroup] [role=row]').first().locator('time');
  const at = new Date((await newest.getAttribute('datetime')) ?? '');
  expect(await newest.innerText()).toContain(there.format(at));
  expect(await newest.getAttribute('title')).toContain(tz);
  await page.getByRole('button', { name: `Past 1h ${tz}` }).waitFor();
  await page.goto(`/airline?t=1h&tz=${tz}`);
  await page.getByRole('img', { name: /evaluations/ }).waitFor();
  const ticks = await page.locator('.recharts-xAxis-tick-labels text').allTextContents();
  expect(ticks.length).toBeGreaterThan(2);
  const hours = [at.getTime() - 3_600_000, at.getTime()].map((each) => there.format(each).slice(0, 2));
  for (const tick of ticks) expect(hours).toContain(tick.slice(0, 2));
  await page.keyboard.press('t');
  await page.getByLabel('Type a range').fill('yesterday');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.has('from'));
  const search = new URL(page.url()).searchParams;
  expect(search.get('tz')).toBe(tz);
  expect(search.get('from')).toContain('T18:30:00.000Z');
});

it('goes anywhere by the palette and tells every shortcut', async () => {
  const { page } = seat;
  await page.goto('/airline');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByLabel('Search or run a command').last().fill('panic sw');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/airline/panic*');
  await page.getByRole('dialog', { name: 'Commands' }).waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.waitFor();
  for (const label of ['Overview', 'Panic: stop tools', 'Time range', 'Search or run a command'])
    expect(await sheet.getByText(label, { exact: true }).count()).toBe(1);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.waitForURL(/\/airline\/?(\?|$)/);
});

it('opens exactly what each tile counts', async () => {
  const { page } = seat;
  for (const tool of ['list_all_airports', 'no_such_tool']) await agentAsks('airline', tool);
  const range = {
    from: new Date(Date.now() - 24 * 3_600_000).toISOString(),
    to: new Date().toISOString(),
  };
  for (const name of ['Evaluations', 'Denied', 'Asked a person', 'Allowed, no result reported']) {
    await page.goto(`/airline?${new URLSearchParams(range)}`);
    const tile = page.getByRole('region', { name, exact: true });
    const counted = await tile.locator('p').first().innerText();
    await tile.getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: 'Evaluations' }).waitFor();
    const listed = counted === '0' ? /^0 |Nothing/ : new RegExp(`^${counted} (match|recorded) `);
    await page.getByRole('main').getByText(listed).first().waitFor();
    if (name !== 'Asked a person') expect(Number(counted.replaceAll(',', ''))).toBeGreaterThan(0);
  }
});

it('zooms into the time that is dragged over, and Back undoes it', async () => {
  const { page } = seat;
  await page.goto('/airline?t=1h');
  const chart = page.getByRole('img', { name: /evaluations/ });
  await chart.waitFor();
  const box = (await chart.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.4, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 100, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL((url) => url.searchParams.has('from') && url.searchParams.has('to'));
  await page.goBack();
  await page.waitForURL('**/airline?t=1h');
});

it('finds any object by its name in two steps', async () => {
  const { page } = seat;
  const { evaluations } = await seat.graphql<{ evaluations: { nodes: { id: string; subjectId: string }[] } }>(
    '{ evaluations(tenant: "airline", first: 1) { nodes { id subjectId } } }',
  );
  const [{ id, subjectId }] = evaluations.nodes as [{ id: string; subjectId: string }];
  for (const [name, address] of [
    ['list_all_airports', 'tool=list_all_airports'],
    [id, `peek=${id}`],
    [subjectId, `q=${subjectId}`],
  ] as const) {
    await page.goto('/airline');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByLabel('Search or run a command').last().fill(name);
    await page.getByRole('option').filter({ hasText: name }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.search.includes(address));
  }
});

it('does not name a tenant that is not one’s own', async () => {
  const { page } = seat;
  await page.goto('/atlantis');
  await page.getByRole('paragraph').filter({ hasText: 'There is no such tenant' }).waitFor();
});

it('counts what ran without a decision, and opens exactly those records, in words', async () => {
  const { page } = seat;
  await agentConfesses('airline');
  await page.goto('/airline?t=24h');
  const told = page.getByRole('link', { name: /^[\d,]+ calls? ran without a decision$/ });
  const counted = Number((await told.innerText()).split(' ')[0]!.replaceAll(',', ''));
  await told.click();
  const rows = page.getByRole('gridcell', { name: 'Ran without a decision' });
  await rows.first().waitFor();
  expect(await rows.count()).toBe(counted);
  expect(await page.getByRole('gridcell', { name: 'list_all_airports' }).count()).toBe(counted);
  await rows.first().click();
  await page.getByText('Ran without a question: tool list_all_airports').waitFor();
});
