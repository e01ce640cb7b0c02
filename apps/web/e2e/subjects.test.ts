/** What is decided about one subject holds for the next evaluation, and nobody overwrites unknowingly. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { agentAsks, member, sit, untilLoaded, type Seat } from './support/console.js';

const TENANT = 'airline';
const TOOL = 'list_all_airports';

let browser: Browser;
let seat: Seat;
let subject: { type: string; id: string };
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: member(TENANT, 'owner') });
});
beforeEach(() => {
  subject = { type: 'user', id: `bound-${Date.now()}` };
});
afterAll(async () => {
  await seat.close();
  await browser.close();
});

const asks = () => agentAsks(TENANT, TOOL, subject);
const refused = (reason: string) => ({ decision: false, context: { reason } });

/** Another member changes it, through the API. */
async function bind(roles: string[], expectedVersion = 0, grants: object = {}): Promise<number> {
  const { bindSubject } = await seat.graphql<{ bindSubject: { version: number } }>(
    `mutation ($type: String!, $id: String!, $roles: [String!]!, $grants: JSON, $expectedVersion: Int!) {
      bindSubject(tenant: "airline", type: $type, id: $id, roles: $roles, grants: $grants, expectedVersion: $expectedVersion, reason: "by another member") { version }
    }`,
    { ...subject, roles, grants, expectedVersion },
  );
  return bindSubject.version;
}

async function find(): Promise<void> {
  const { page } = seat;
  await page.goto(`/${TENANT}/settings/subjects`);
  await page.getByRole('grid', { name: 'Subjects' }).waitFor();
  await page.keyboard.press('/');
  await page.locator('[aria-label="Search by id"]:focus').waitFor();
  await page.keyboard.type(subject.id);
  await page.waitForURL(`**/subjects?q=${subject.id}`);
}
const open = async () => {
  await find();
  await openFound();
};
const openFound = async () => {
  await seat.page.getByRole('gridcell', { name: subject.id, exact: true }).click();
  await seat.page.getByRole('dialog').waitFor();
};
/** While a dialog is open nothing behind it can be found, so what it did is looked at when it said so. */
const save = async () => {
  await seat.page.getByRole('button', { name: 'Save' }).click();
  await seat.page.getByText(`${subject.id} is changed`).waitFor();
};
const because = (reason: string) => seat.page.getByLabel('Reason', { exact: true }).fill(reason);

it('binds a subject by keys alone; agents are refused for it before and allowed after', async () => {
  const { page } = seat;
  expect(await asks()).toMatchObject(refused('unknown_subject'));
  await page.goto(`/${TENANT}/settings/subjects`);
  await page.getByRole('button', { name: 'Bind subject…' }).press('Enter');
  await page.getByRole('checkbox', { name: 'Customer' }).waitFor();
  await page.keyboard.type(subject.id);
  await page.getByRole('checkbox', { name: 'Customer' }).press('Space');
  await page.getByRole('button', { name: 'New customer' }).press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.getByText(`${subject.id} is bound`).waitFor();
  expect(await asks()).toMatchObject({ decision: true });

  await find();
  expect(await page.getByRole('row', { name: new RegExp(subject.id) }).innerText()).toContain('customer');
});

it('denies one tool whatever the roles say, and puts it back', async () => {
  const { page } = seat;
  await bind(['customer']);
  await open();
  await page.getByLabel('Deny a tool').selectOption(TOOL);
  await because('Under investigation');
  await save();
  expect(await asks()).toMatchObject(refused('denied_for_subject'));
  await page.getByRole('gridcell', { name: `Deny ${TOOL}` }).waitFor();

  await page.getByRole('button', { name: 'Put back' }).click();
  await page.getByRole('gridcell', { name: `Deny ${TOOL}` }).waitFor({ state: 'detached' });
  expect(await asks()).toMatchObject({ decision: true });
});

it('allows one tool beyond the roles, and takes it away', async () => {
  const { page } = seat;
  await bind([]);
  expect(await asks()).toMatchObject({ decision: false });
  await open();
  await page.getByLabel('Allow a tool').selectOption(TOOL);
  await because('Needs the list of airports');
  await save();
  await page.getByRole('gridcell', { name: `Allow ${TOOL}` }).waitFor();
  expect(await asks()).toMatchObject({ decision: true });

  await open();
  await page.getByRole('button', { name: `Take away ${TOOL}` }).click();
  await because('Not needed any more');
  await save();
  await page.getByRole('gridcell', { name: `Allow ${TOOL}` }).waitFor({ state: 'detached' });
  expect(await asks()).toMatchObject({ decision: false });
});

it('unbinds a subject, and agents are refused for it', async () => {
  const { page } = seat;
  await bind(['customer']);
  await find();
  await page.getByRole('button', { name: `Unbind ${subject.id}` }).click();
  expect(await page.getByRole('button', { name: 'Unbind subject' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Account closed' }).click();
  await page.getByRole('button', { name: 'Unbind subject' }).click();
  await page.getByText(`${subject.id} is unbound`).waitFor();
  await page.getByText(`No subject has “${subject.id}” in its id`).waitFor();
  expect(await asks()).toMatchObject(refused('unknown_subject'));
});

it('keeps what was typed when somebody else was faster, and says what it is now', async () => {
  const { page } = seat;
  const version = await bind(['customer']);
  await find();
  // So that only the answer to saving can say it.
  await page.getByRole('button', { name: 'Live' }).click();
  await page.getByRole('button', { name: 'Paused' }).waitFor();
  await openFound();
  await page.getByRole('checkbox', { name: 'Gold member' }).check();
  await because('Frequent flyer from today');
  await bind(['guest'], version, { [TOOL]: 'deny' });
  await page.getByRole('button', { name: 'Save' }).click();

  await page.getByText(`It is now: guest; deny ${TOOL}.`).waitFor();
  await page.getByText('Somebody changed this in the meantime').waitFor();
  expect(await page.getByRole('checkbox', { name: 'Gold member' }).isChecked()).toBe(true);
  expect(await page.getByLabel('Reason', { exact: true }).inputValue()).toBe('Frequent flyer from today');

  await page.getByRole('button', { name: 'Begin from there' }).click();
  expect(await page.getByRole('checkbox', { name: 'Customer' }).isChecked()).toBe(false);
  await page.getByRole('checkbox', { name: 'Gold member' }).check();
  await save();
  const row = page.getByRole('row', { name: new RegExp(subject.id) });
  await row.filter({ hasText: /guest, member_gold[\s\S]*Deny/ }).waitFor();
});

it('says that a subject is bound already, at once and with a way to go on', async () => {
  const { page } = seat;
  await bind(['customer']);
  await page.goto(`/${TENANT}/settings/subjects`);
  await page.getByRole('button', { name: 'Bind subject…' }).click();
  await page.getByLabel('Id', { exact: true }).fill(subject.id);
  await because('Not the first to come');
  await page.keyboard.press('Control+Enter');
  await page.getByText(`user ${subject.id} is bound already`).waitFor();
  expect(await page.getByLabel('Id', { exact: true }).inputValue()).toBe(subject.id);
});

it('shows a viewer the subjects and no way to change them', async () => {
  const viewer = await sit(browser, { as: member(TENANT, 'viewer') });
  await viewer.page.goto(`/${TENANT}/settings/subjects`);
  await viewer.page.getByRole('heading').first().waitFor();
  await untilLoaded(viewer.page);
  expect(await viewer.page.getByRole('button', { name: /^(Bind|Unbind)/ }).count()).toBe(0);
  await viewer.close();
});
