/**
 * Nothing that axe can find is wrong, and no page scrolls sideways: on any page, dialog or popup, in either theme, at
 * three widths. A page added to the list of destinations is covered.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESTINATIONS } from '../src/app/destinations.js';
import { launchBrowser } from './support/browser.js';
import { admin, agentAsks, liftAll, member, sit, untilLoaded, type Seat } from './support/console.js';
import { expectSound, WIDE } from './support/looks.js';

const TENANT = 'airline';
/** Where a draft lies: elsewhere pages are seen without one. */
const DRAFTED = 'telecom';
const EMPTY = `nobody-${Date.now()}`;
const because = 'is looked at by axe';

let browser: Browser;
let seat: Seat;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: admin(), colorScheme: 'light', viewport: WIDE });
  ({ page } = seat);
  await agentAsks(TENANT);
  await seat.graphql(
    `mutation { engageKillSwitch(tenant: "${TENANT}", scope: tool, target: "think", mode: stopped, reason: "${because}") { id } }`,
  );
  await seat.graphql(
    `mutation { createTenant(name: "Nobody", slug: "${EMPTY}", reason: "${because}") { id } }`,
  );
});
afterAll(async () => {
  await liftAll(seat, TENANT);
  await seat.close();
  await browser.close();
});

async function open(to: string, scope = TENANT): Promise<void> {
  await page.goto(to.replace('$scope', scope));
  await page.locator('main h1, main p').first().waitFor();
  await untilLoaded(page);
}
type Address = readonly [label: string, to: string];
const pages: readonly Address[] = DESTINATIONS.map(({ label, to }) => [label, to] as const);

describe('a page', () => {
  it.each<Address>([
    ...pages,
    ['Verify an export', '/$scope/audit/verify'],
    ['Why', '/$scope/permissions?why=true'],
    ['Types', '/$scope/permissions?tab=types'],
    ['Roles', '/$scope/permissions?tab=roles'],
    ['Guardrails', '/$scope/permissions?tab=guardrails'],
    ['Assistants', '/$scope/permissions?tab=assistants'],
    ['History', '/$scope/permissions?tab=history'],
    ['A tool', '/$scope/tools?tool="think"'],
    ['An address that leads nowhere', '/$scope/nowhere'],
  ])('%s', async (_, to) => {
    await open(to);
    await expectSound(page);
  });

  it.each(DESTINATIONS.filter((each) => each.acrossTenants).map(({ label, to }) => [label, to] as const))(
    '%s, across tenants',
    async (_, to) => {
      await open(to, '_all');
      await expectSound(page);
    },
  );

  it.each<Address>([
    ...pages,
    ['Types', '/$scope/permissions?tab=types'],
    ['Roles', '/$scope/permissions?tab=roles'],
    ['A', '/$scope/permissions?tab=assistants'],
  ])('%s, with nothing in it', async (_, to) => {
    await open(to, EMPTY);
    await expectSound(page);
  });

  describe('when nothing can be read', () => {
    const WHY = 'The database does not answer.';
    let unread: Seat;
    beforeAll(async () => {
      unread = await sit(browser, { as: admin(), colorScheme: 'light', viewport: WIDE });
      await unread.page.route('**/graphql', (route) =>
        /query Session\b/.test(route.request().postDataJSON().query)
          ? route.continue()
          : route.fulfill({ json: { errors: [{ message: WHY }] } }),
      );
    });
    afterAll(() => unread.page.context().close());

    it.each(pages)('%s', async (label, to) => {
      await unread.page.goto(to.replace('$scope', TENANT));
      if (label !== 'Preferences') await unread.page.getByText(WHY).first().waitFor();
      await unread.page.getByRole('heading', { level: 1, name: label }).waitFor();
      await unread.page
        .getByRole('banner')
        .getByRole('button', { name: /^Panic/ })
        .waitFor();
      await expectSound(unread.page);
    });

    it('the browser is told of nothing else', () => {
      // React tells it of what an error page has told the person.
      expect(unread.problems.filter((problem) => !problem.includes(WHY))).toEqual([]);
    });
  });

  it.each(['/$scope/evaluations', '/$scope/audit'])('%s, with a row that lies open', async (to) => {
    await open(to);
    await page.getByRole('gridcell').first().click();
    await page.getByRole('complementary').last().getByRole('heading').nth(1).waitFor();
    await expectSound(page);
  });
});

const click = (name: string | RegExp) => () => page.getByRole('button', { name }).first().click();
const press = (keys: string) => () => page.keyboard.press(keys);
const openMenuOfACell = async () => {
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
};

describe('a popup', () => {
  it.each([
    ['the account', '/$scope', click(/^Account of/)],
    ['the tenant', '/$scope', click(/^Halcyon Air/)],
    ['an effect', '/$scope/evaluations', click(/^Effect/)],
    ['a reason', '/$scope/evaluations', click(/^Reason/)],
    ['a tool', '/$scope/evaluations', click(/^Tool/)],
    ['an assistant', '/$scope/evaluations', click(/^Assistant/)],
    ['a kind', '/$scope/audit', click(/^Kind/)],
    ['an action', '/$scope/audit', click(/^Action/)],
    ['an actor', '/$scope/audit', click(/^Actor/)],
    ['a cell', '/$scope/permissions', openMenuOfACell],
  ])('of %s', async (_, to, act) => {
    await open(to);
    await act();
    await page.getByRole('menu').waitFor();
    await expectSound(page);
  });

  it('of the names that can be stopped', async () => {
    await open('/$scope');
    await page.keyboard.press('Shift+P');
    await page.getByRole('dialog').getByLabel('What to stop').selectOption('tool');
    await page.getByRole('dialog').getByLabel('Which').click();
    await page.getByRole('option').first().waitFor();
    await expectSound(page);
  });
});

describe('a dialog', () => {
  it.each([
    ['the stop', '/$scope', press('Shift+P')],
    ['the palette', '/$scope', press('Control+k')],
    ['the keys', '/$scope/permissions', press('?')],
    ['the time range', '/$scope', press('t')],
    ['the legend', '/$scope/permissions', click('Legend')],
    ['a lift', '/$scope/panic', click('Lift…')],
    [
      'a condition',
      '/$scope/permissions',
      async () => {
        await openMenuOfACell();
        await page.getByRole('menuitem', { name: 'Condition…' }).click();
      },
    ],
    ['a new role', '/$scope/permissions?tab=roles', click('Add role')],
    ['a role', '/$scope/permissions?tab=roles', click('Edit customer')],
    ['a new guardrail', '/$scope/permissions?tab=guardrails', click('Add guardrail')],
    ['a guardrail', '/$scope/permissions?tab=guardrails', click(/^Edit /)],
    ['a new quota', '/$scope/quotas', click('Add quota')],
    ['tools to import', '/$scope/tools', click('Import…')],
    [
      'imported tools',
      '/$scope/tools',
      async () => {
        await click('Import…')();
        await page
          .getByLabel('Document')
          .fill('[{"name":"look","inputSchema":{"type":"object"}},{"name":"no","inputSchema":{"$ref":"#"}}]');
        await page.getByRole('button', { name: 'Read' }).click();
        await page.getByLabel('Class of look').waitFor();
      },
    ],
    ['an export', '/$scope/audit', click('Export…')],
    ['a new member', '/$scope/settings/members', click('Add member…')],
    ['a member’s roles', '/$scope/settings/members', click(/^Roles of/)],
    ['a member’s new link', '/$scope/settings/members', click(/^New link for/)],
    ['a member who is disabled', '/$scope/settings/members', click(/^Disable or enable/)],
    ['a member who goes', '/$scope/settings/members', click(/^Remove/)],
    ['a new key', '/$scope/settings/keys', click('Create key…')],
    ['a revoked key', '/$scope/settings/keys', click(/^Revoke /)],
    ['a new subject', '/$scope/settings/subjects', click('Bind subject…')],
    ['a subject', '/$scope/settings/subjects', () => page.getByRole('gridcell').first().click()],
    ['a subject’s attributes', '/$scope/settings/subjects', click(/^Attributes /)],
    ['attributes out of a file', '/$scope/settings/subjects', click('Import attributes…')],
    ['a new type of resources', '/$scope/permissions?tab=types', click('Add type')],
    ['a subject that goes', '/$scope/settings/subjects', click(/^Unbind /)],
    ['a new tenant', '/$scope/settings/tenants', click('Create tenant…')],
    ['a tenant’s settings', '/$scope/settings/tenants', click(/^Settings of/)],
    ['a new administrator', '/$scope/settings/administrators', click('Add administrator…')],
    ['an administrator’s new link', '/$scope/settings/administrators', click(/^New link for/)],
  ])('of %s', async (_, to, act) => {
    await open(to);
    await act();
    await page.getByRole('dialog').waitFor();
    await expectSound(page);
  });

  it('of what the palette found', async () => {
    await open('/$scope');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('think');
    await page
      .getByRole('option', { name: /^think/ })
      .first()
      .waitFor();
    await expectSound(page);
  });

  it('of an administrator who goes', async () => {
    const { addPlatformAdministrator } = await seat.graphql<{
      addPlatformAdministrator: { link: { url: string } };
    }>(
      'mutation ($email: String!, $because: String!) { addPlatformAdministrator(email: $email, name: "Second", reason: $because) { link { url } } }',
      { email: `second-${Date.now()}@reeve.example`, because },
    );
    expect(addPlatformAdministrator.link.url).toContain('#token=');
    await open('/$scope/settings/administrators');
    await page.getByRole('button', { name: 'Remove Second' }).click();
    await page.getByRole('dialog').waitFor();
    await expectSound(page);
    await page.getByRole('button', { name: 'Left the team' }).click();
    await page.getByRole('button', { name: 'Remove administrator' }).click();
    await page.getByText('Second no longer runs the platform').waitFor();
  });

  it('of what somebody else changed meanwhile', async () => {
    const id = `meanwhile-${Date.now()}`;
    const bind = (role: string, expectedVersion: number) =>
      seat.graphql<{ bindSubject: { version: number } }>(
        `mutation ($id: String!, $roles: [String!]!, $expectedVersion: Int!) {
          bindSubject(tenant: "${TENANT}", type: "user", id: $id, roles: $roles, expectedVersion: $expectedVersion, reason: "${because}") { version } }`,
        { id, roles: [role], expectedVersion },
      );
    const { bindSubject } = await bind('customer', 0);
    await open(`/$scope/settings/subjects?q=${id}`);
    await page.getByRole('gridcell', { name: id, exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await page.getByRole('checkbox', { name: 'Gold member' }).check();
    await page.getByLabel('Reason', { exact: true }).fill(because);
    await bind('guest', bindSubject.version);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Changed in the meantime').waitFor();
    await expectSound(page);
  });

  it('of a link that is shown once', async () => {
    await open('/$scope/settings/members');
    await click('Add member…')();
    await page.getByLabel('E-mail').fill(`shown-${Date.now()}@airline.example`);
    await page.getByLabel('Name').fill('Shown Once');
    await page.getByRole('button', { name: 'Joined the team' }).click();
    await page.getByRole('button', { name: 'Add member', exact: true }).click();
    await page.getByText(/\/join#token=/).waitFor();
    await expectSound(page);
  });

  it('of recovery codes', async () => {
    await page.route('**/auth/totp/confirm', (route) =>
      route.fulfill({ json: { recoveryCodes: Array.from({ length: 10 }, (_, i) => `ABCDE-FGH${i}J`) } }),
    );
    await open('/$scope/settings/preferences');
    await page.getByLabel('Your password').fill(admin().password);
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('img', { name: 'QR code of the key' }).waitFor();
    await expectSound(page);
    await page.getByLabel('Code from your authenticator').fill('123456');
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    await expectSound(page);
    await page.unrouteAll();
  });
});

describe('a draft', () => {
  beforeAll(async () => {
    const { policy } = await seat.graphql<{ policy: { revision: number } }>(
      `{ policy(tenant: "${DRAFTED}") { revision } }`,
    );
    const { revision } = policy;
    const role = { title: '', description: because, inherits: [] };
    await seat.graphql(
      `mutation ($edits: [JSON!]!) { savePolicyDraft(tenant: "${DRAFTED}", baseRevision: ${revision}, edits: $edits, expectedVersion: 0) { version } }`,
      { edits: [{ kind: 'role', name: `axe_${Date.now()}`, value: role }] },
    );
    // Somebody else was faster.
    const owner = await sit(browser, { as: member(DRAFTED, 'owner') });
    await owner.graphql(
      `mutation ($edits: [JSON!]!) { publishPolicy(tenant: "${DRAFTED}", expectedRevision: ${revision}, edits: $edits, reason: "${because}") { revision } }`,
      { edits: [{ kind: 'role', name: `faster_${Date.now()}`, value: role }] },
    );
    await owner.close();
  });
  afterAll(async () => {
    // Whoever opened the page may have saved it again.
    const { policyDraft } = await seat.graphql<{ policyDraft: { version: number } }>(
      `{ policyDraft(tenant: "${DRAFTED}") { version } }`,
    );
    await seat.graphql(
      `mutation { discardPolicyDraft(tenant: "${DRAFTED}", expectedVersion: ${policyDraft.version}) }`,
    );
  });

  it.each([
    ['lies below the grid', 'permissions', () => page.getByRole('region', { name: 'Draft' }).waitFor()],
    ['is reviewed', 'permissions', click(/^Review/)],
    ['stands on a base that moved', 'permissions', click('Show')],
    ['is no way back', 'permissions?tab=history', click('Roll back…')],
  ])('%s', async (what, to, act) => {
    await open(`/${DRAFTED}/${to}`);
    await page.getByRole('region', { name: 'Draft' }).waitFor();
    await act();
    if (what !== 'lies below the grid') await page.getByRole('dialog').waitFor();
    await expectSound(page);
  });
});

describe('a notice', () => {
  /** It goes by itself, but not while somebody is at it. */
  const hold = async () => {
    const notice = page.getByRole('region', { name: 'Notifications' });
    await notice.getByRole('dialog').first().hover();
    await notice.getByRole('button', { name: 'Dismiss' }).first().focus();
    return notice;
  };

  it('of what was done', async () => {
    await open('/$scope/settings/subjects');
    await page.getByRole('button', { name: 'Bind subject…' }).click();
    await page.getByLabel('Id', { exact: true }).fill(`noticed-${Date.now()}`);
    await page.getByRole('checkbox', { name: 'Customer' }).check();
    await page.getByLabel('Reason', { exact: true }).fill(because);
    await page.getByRole('button', { name: 'Bind subject', exact: true }).click();
    const notice = await hold();
    await expectSound(page);
    await notice.getByRole('button', { name: 'Dismiss' }).first().click();
  });

  it('with a way back', async () => {
    await open('/$scope/permissions?q=think');
    await page.getByRole('grid').waitFor();
    await openMenuOfACell();
    await page.keyboard.press('Escape');
    await page.keyboard.press('x');
    await page.getByRole('region', { name: 'Draft' }).getByText('Draft saved').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Discarded 1 change').waitFor();
    const notice = await hold();
    await notice.getByRole('button', { name: 'Undo' }).waitFor();
    await expectSound(page);
    await notice.getByRole('button', { name: 'Dismiss' }).first().click();
  });
});

describe('a stranger', () => {
  let stranger: Seat;
  beforeAll(async () => void (stranger = await sit(browser, { colorScheme: 'light', viewport: WIDE })));
  afterAll(() => stranger.close());

  it('who signs in', async () => {
    await stranger.page.goto('/');
    await stranger.page.getByLabel('Password').waitFor();
    await expectSound(stranger.page);
  });

  it('with a link, alive, with an account, and dead', async () => {
    const { addMember } = await seat.graphql<{ addMember: { link: { url: string } } }>(
      `mutation ($email: String!) {
        addMember(tenant: "telecom", email: $email, name: "Axe", roles: [viewer], reason: "${because}") { link { url } }
      }`,
      { email: `axe-${Date.now()}@telecom.example` },
    );
    await stranger.page.goto(`/join${new URL(addMember.link.url).hash}`);
    await stranger.page.getByLabel('Choose a password').waitFor();
    await expectSound(stranger.page);
    await stranger.page.getByRole('button', { name: 'Use my account' }).click();
    await stranger.page.getByLabel('Your password so far').waitFor();
    await expectSound(stranger.page);
    await stranger.page.goto('/sign-in');
    await stranger.page.goto('/join#token=dead');
    await stranger.page.getByText('This link does not work').waitFor();
    await expectSound(stranger.page);
  });

  it('who sets up the first administrator, and what is not taken', async () => {
    await stranger.page.goto('/set-up');
    await stranger.page.getByText('Open the set-up link').waitFor();
    await expectSound(stranger.page);
    await stranger.page.goto('/sign-in');
    await stranger.page.goto('/set-up#token=used');
    await stranger.page.getByLabel('Your name').fill('First');
    await expectSound(stranger.page);
    await stranger.page.getByLabel('E-mail').fill('first@reeve.example');
    await stranger.page.getByLabel('Password').fill('correct horse battery');
    await stranger.page.getByRole('button', { name: 'Create the first administrator' }).click();
    await stranger.page.getByRole('alert').first().waitFor();
    await expectSound(stranger.page);
  });

  it.each(['guides', 'guides/wire-an-agent', 'guides/write-a-condition', 'guides/stop-and-lift'])(
    'who reads %s',
    async (name) => {
      await stranger.page.goto(`/docs/${name}`);
      await expectSound(stranger.page);
    },
  );
});

it.each([1024, 480])('%i px wide panic and the account are in reach on every page', async (width) => {
  await page.setViewportSize({ ...WIDE, width });
  for (const { to } of DESTINATIONS) {
    await open(to);
    for (const name of [/^Panic/, /^Account of/]) {
      const { x, width: wide } = (await page
        .getByRole('banner')
        .getByRole('button', { name })
        .boundingBox())!;
      expect(x + wide, to).toBeLessThanOrEqual(width);
    }
  }
  await page.setViewportSize(WIDE);
});
