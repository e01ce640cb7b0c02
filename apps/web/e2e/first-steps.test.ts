/** A new tenant says what it needs: each step ticks when it is done, and leads to where that is. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { consoleUrl, launchBrowser } from './support/browser.js';
import { admin, member, sit, type Seat } from './support/console.js';
import { violations } from './support/looks.js';

const TENANT = `newcomer-${Date.now()}`;
const because = 'the first steps';
let browser: Browser;
let seat: Seat;
beforeAll(async () => {
  browser = await launchBrowser();
  seat = await sit(browser, { as: admin() });
  await seat.graphql(
    'mutation ($slug: String!) { createTenant(name: "Newcomer", slug: $slug, reason: "a tenant to begin with") { id } }',
    { slug: TENANT },
  );
});
afterAll(async () => {
  await seat.close();
  await browser.close();
});

const page = () => seat.page;
const panel = () => page().getByRole('region', { name: 'First steps' });
const graphql = <T = unknown>(query: string, variables: object = {}) =>
  seat.graphql<T>(query, { tenant: TENANT, because, ...variables });

async function publish(...edits: readonly object[]): Promise<void> {
  const { policy } = await seat.graphql<{ policy: { revision: number } }>(
    'query ($tenant: String!) { policy(tenant: $tenant) { revision } }',
    { tenant: TENANT },
  );
  await graphql(
    `
      mutation ($tenant: String!, $edits: [JSON!]!, $revision: Int!, $because: String!) {
        publishPolicy(tenant: $tenant, edits: $edits, expectedRevision: $revision, reason: $because) {
          revision
        }
      }
    `,
    { edits, revision: policy.revision },
  );
}
const tool = {
  class: 'read',
  justification: 'reads only',
  description: '',
  owner: '',
  server: '',
  reversible: true,
  schema: {},
  untrustedOutput: false,
};

it('ticks each step as it is done, with the page open, and is gone after the first question', async () => {
  await page().goto(`/${TENANT}`);
  await panel().getByText('0 of 8 done').waitFor();
  await page().getByText('Live', { exact: true }).waitFor();

  let secret = '';
  const steps: readonly [title: string, leadsTo: string, act: () => Promise<unknown>][] = [
    [
      'Add an owner',
      'settings/members',
      () =>
        graphql(
          `
            mutation ($tenant: String!, $email: String!, $because: String!) {
              addMember(tenant: $tenant, email: $email, name: "Owner", roles: [owner], reason: $because) {
                link {
                  url
                }
              }
            }
          `,
          { email: `owner@${TENANT}.example` },
        ),
    ],
    [
      'Add a role',
      'permissions?tab=roles',
      () => publish({ kind: 'role', name: 'agent', value: { title: '', description: '', inherits: [] } }),
    ],
    ['Add or import a tool', 'tools', () => publish({ kind: 'tool', name: 'look', value: tool })],
    [
      'Let the role use the tool',
      'permissions',
      () => publish({ kind: 'cell', role: 'agent', tool: 'look', value: { effect: 'allow' } }),
    ],
    [
      'List an assistant and its tools',
      'permissions?tab=assistants',
      () =>
        publish({
          kind: 'assistant',
          name: 'desk',
          value: { title: '', description: '', enabled: true, tools: ['look'] },
        }),
    ],
    [
      'Bind a subject to the role',
      'settings/subjects',
      () =>
        graphql(`
          mutation ($tenant: String!, $because: String!) {
            bindSubject(
              tenant: $tenant
              type: "user"
              id: "ada"
              roles: ["agent"]
              expectedVersion: 0
              reason: $because
            ) {
              id
            }
          }
        `),
    ],
    [
      'Create an agent key',
      'settings/keys',
      async () => {
        const { createApiKey } = await graphql<{ createApiKey: { secret: string } }>(`
          mutation ($tenant: String!, $because: String!) {
            createApiKey(tenant: $tenant, name: "desk", kind: agent, assistants: ["desk"], reason: $because) {
              secret
            }
          }
        `);
        secret = createApiKey.secret;
      },
    ],
  ];
  for (const [done, [title, leadsTo, act]] of steps.entries()) {
    const link = panel().getByRole('link', { name: title });
    const target = new URL((await link.getAttribute('href'))!, consoleUrl());
    const expected = new URL(`/${TENANT}/${leadsTo}`, consoleUrl());
    expect(target.pathname).toBe(expected.pathname);
    expect(target.searchParams.get('tab')).toBe(expected.searchParams.get('tab'));
    await act();
    await panel()
      .getByText(`${done + 1} of 8 done`)
      .waitFor();
    expect(await link.count()).toBe(0);
  }

  const answer = await fetch(`${consoleUrl()}/access/v1/evaluation`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      subject: { type: 'user', id: 'ada' },
      action: { name: 'tools/call' },
      resource: { type: 'tool', id: 'look', properties: { arguments: {} } },
      context: { agent: 'desk', channel: 'interactive' },
    }),
  });
  expect(await answer.json()).toMatchObject({ decision: true });
  await panel().waitFor({ state: 'detached' });
});

it('what was taken back is a step again, and can be put away once an agent has asked', async () => {
  await publish({ kind: 'cell', role: 'agent', tool: 'look', value: { effect: 'deny' } });
  await page().goto(`/${TENANT}`);
  await panel().getByText('7 of 8 done').waitFor();
  await panel().getByRole('button', { name: 'Put away' }).click();
  await panel().waitFor({ state: 'detached' });
  await page().reload();
  await page().getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  expect(await panel().count()).toBe(0);
});

it.each(['light', 'dark'] as const)(
  'tells a viewer which role each step takes, and offers them nothing, in the %s theme',
  async (colorScheme) => {
    const viewer = await sit(browser, { as: member('retail', 'viewer'), colorScheme });
    // As if the tenant were new: what its steps are is told by the API.
    await viewer.page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('FirstSteps')) return route.continue();
      const steps = ['owner', 'role', 'tool', 'cell', 'assistant', 'subject', 'key', 'question'];
      const firstSteps = Object.fromEntries(steps.map((step) => [step, step === 'owner']));
      return route.fulfill({ json: { data: { firstSteps } } });
    });
    await viewer.page.goto('/retail');
    const steps = viewer.page.getByRole('region', { name: 'First steps' });
    await steps.getByText('1 of 8 done').waitFor();
    expect(await steps.getByRole('listitem').filter({ hasText: 'Add a role' }).innerText()).toContain(
      'takes the role owner or policy editor',
    );
    expect(await steps.getByRole('listitem').getByRole('link').allInnerTexts()).toEqual([
      'Ask the first question',
    ]);
    expect(await steps.getByRole('button').count()).toBe(0);
    expect(await violations(viewer.page)).toEqual([]);
    await viewer.close();
  },
);
