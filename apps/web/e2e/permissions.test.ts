/** The journeys of whoever edits permissions, in a real browser against the product. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { member, sit, type Seat } from './support/console.js';

const TENANT = 'airline';

let browser: Browser;
let seat: Seat;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());
afterEach(() => seat.close());

async function signIn(role: string): Promise<Page> {
  seat = await sit(browser, { as: member(TENANT, role) });
  return seat.page;
}
const graphql = <T>(query: string, variables: object = {}): Promise<T> =>
  seat.graphql<T>(query, { tenant: TENANT, ...variables });

const CURRENT =
  'query ($tenant: String!) { policy(tenant: $tenant) { revision reason cells { role tool effect } } }';
interface Current {
  readonly policy: {
    readonly revision: number;
    readonly reason: string;
    readonly cells: readonly { role: string; tool: string; effect: string }[];
  };
}
const current = async () => (await graphql<Current>(CURRENT)).policy;

const publish = (by: Seat, expectedRevision: number, edits: object[], reason: string) =>
  by.graphql<{ publishPolicy: { revision: number } }>(
    `
      mutation ($tenant: String!, $edits: [JSON!]!, $expectedRevision: Int!, $reason: String!) {
        publishPolicy(tenant: $tenant, edits: $edits, expectedRevision: $expectedRevision, reason: $reason) {
          revision
        }
      }
    `,
    { tenant: TENANT, edits, expectedRevision, reason },
  );

/** Columns stand in their natural order. */
const GUEST = 2;

async function openGrid(page: Page, search = ''): Promise<void> {
  await page.goto(`/${TENANT}/permissions${search}`);
  await page.getByRole('grid').waitFor();
}

/** Waits until the server has the draft. */
const saved = (page: Page) => page.getByRole('region', { name: 'Draft' }).getByText('Draft saved').waitFor();

describe('a grant', () => {
  it('takes seven interactions by keyboard, and leaves a revision and a record with its reason', async () => {
    const page = await signIn('policy_editor');
    const before = await current();
    await page.goto(`/${TENANT}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    let interactions = 0;
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
      interactions += 1;
    };
    await press('g', 'p');
    await page.getByRole('grid').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('send_certificate');
    interactions += 1;
    await page.getByText('1 of').waitFor();
    // The third column is the guest's, who may not.
    await press('Enter', 'ArrowRight', 'ArrowRight');
    await press('a');
    await press('Control+Enter');
    await page.getByRole('dialog', { name: /Review 1 change/ }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
    await page.keyboard.type('Guests may be compensated, ticket 4711');
    interactions += 1;
    await press('Control+Enter');
    await page.getByText(`v${before.revision + 1} is published`).waitFor();

    expect(interactions).toBeLessThanOrEqual(7);
    const after = await current();
    expect(after.revision).toBe(before.revision + 1);
    expect(after.reason).toBe('Guests may be compensated, ticket 4711');
    expect(after.cells).toContainEqual({ role: 'guest', tool: 'send_certificate', effect: 'allow' });
    const { auditRecords } = await graphql<{
      auditRecords: { nodes: { reason: string; payload: string }[] };
    }>(
      'query ($tenant: String!) { auditRecords(tenant: $tenant, first: 1, filter: { action: ["policy.publish"] }) { nodes { reason payload } } }',
    );
    expect(auditRecords.nodes[0]?.reason).toBe('Guests may be compensated, ticket 4711');
    expect(auditRecords.nodes[0]?.payload).toContain('guest/send_certificate');

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(`v${before.revision + 2} is published`).waitFor();
    expect((await current()).cells).toEqual(before.cells);
  });

  it('of a human-only tool is refused, and said so', async () => {
    const page = await signIn('policy_editor');
    const { revision } = await current();
    const tool = {
      class: 'human_only',
      justification: `a person signs, by law; seen at v${revision}`,
      schema: { type: 'object' },
    };
    await publish(
      seat,
      revision,
      [{ kind: 'tool', name: 'sign_contract', value: tool }],
      'A tool for the test',
    );
    await openGrid(page, '?q=sign_contract');
    await page.keyboard.press('/');
    await page.keyboard.press('Enter');
    await page.keyboard.press('a');
    await expect
      .poll(() => page.getByRole('status').allTextContents())
      .toContainEqual(expect.stringContaining('human-only'));
    expect(await page.getByRole('region', { name: 'Draft' }).count()).toBe(0);
    await page.keyboard.press('r');
    await page.getByRole('region', { name: 'Draft' }).getByText('+1 ask').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
  });
});

describe('a draft', () => {
  it('survives a reload, and can be discarded and undone', async () => {
    const page = await signIn('policy_editor');
    await openGrid(page, '?q=think');
    await page.keyboard.press('/');
    await page.keyboard.press('Enter');
    await page.keyboard.press('x');
    await saved(page);
    await page.reload();
    await page.getByRole('region', { name: 'Draft' }).getByText('+1 deny').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Discarded 1 change').waitFor();
    await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('region', { name: 'Draft' }).getByText('+1 deny').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('region', { name: 'Draft' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('grid').innerText()).not.toContain('Deny');
  });

  it('on a base that moved shows who moved it and what overlaps, and goes on from there', async () => {
    const page = await signIn('policy_editor');
    await openGrid(page, '?q=think');
    await page.keyboard.press('/');
    await page.keyboard.press('Enter');
    for (let column = 0; column < GUEST; column += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('x');
    await saved(page);
    const { revision } = await current();
    const owner = await sit(browser, { as: member(TENANT, 'owner') });
    // Another condition at every run, so that it always changes something.
    const value = { effect: 'approve', when: `args.thought != "${revision}"` };
    await publish(
      owner,
      revision,
      [{ kind: 'cell', role: 'guest', tool: 'think', value }],
      'Somebody else was faster',
    );
    await owner.close();
    await page.getByText(`v${revision + 1} by`).waitFor();
    expect(await page.getByText('moved the base').innerText()).toContain('1 overlaps yours');
    await page.getByRole('button', { name: 'Rebase' }).click();
    await saved(page);
    await page
      .getByRole('region', { name: 'Draft' })
      .getByText(`on v${revision + 1}`)
      .waitFor();
  });
});

describe('the page', () => {
  it('is restored from its address', async () => {
    const page = await signIn('policy_editor');
    await openGrid(page);
    await page.getByRole('button', { name: 'dangerous' }).click();
    await page.getByLabel('Group').selectOption('server');
    await page.getByRole('searchbox', { name: 'Filter tools' }).fill('reservation');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('i');
    await page.waitForURL(/cell=customer/);
    const shown = await page.getByRole('grid').innerText();
    const address = page.url();
    const other = await page.context().newPage();
    await other.goto(address);
    await other.getByRole('complementary', { name: 'Why' }).waitFor();
    expect(await other.getByRole('grid').innerText()).toBe(shown);
    expect(other.url()).toBe(address);
  });

  it('480 px wide shows two roles beside the tools, and every key', async () => {
    const page = await signIn('policy_editor');
    await page.setViewportSize({ width: 480, height: 900 });
    await openGrid(page);
    const right = await page
      .getByRole('grid')
      .evaluate((grid) => grid.parentElement!.getBoundingClientRect().right);
    const heads = await page
      .getByRole('columnheader')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right));
    expect(heads.filter((edge) => edge <= right).length).toBeGreaterThanOrEqual(3);
    const hints = page.getByText('Ctrl Z undo');
    expect(await hints.evaluate((each) => each.scrollWidth <= each.clientWidth)).toBe(true);
  });

  it('says which role editing takes', async () => {
    const page = await signIn('viewer');
    await openGrid(page);
    await page.getByText('takes the role owner or policy editor').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.press('Enter');
    await page.keyboard.press('a');
    expect(await page.getByRole('region', { name: 'Draft' }).count()).toBe(0);
  });
});
