/** A person at the console: signed in once a file, every page watched for errors and policy violations. */
import { expect } from 'vitest';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { consoleUrl, demoCredentials } from './browser.js';

export interface SignIn {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}
interface Credentials {
  readonly platformAdmin: SignIn;
  readonly tenants: {
    readonly [slug: string]: {
      readonly name: string;
      readonly assistant: string;
      readonly agentApiKey: string;
      readonly exampleSubject: { readonly type: string; readonly id: string };
      readonly members: { readonly [role: string]: SignIn };
    };
  };
}

export const credentials = (): Credentials => demoCredentials() as Credentials;
export const admin = (): SignIn => credentials().platformAdmin;
export const member = (slug: string, role: string): SignIn => credentials().tenants[slug]!.members[role]!;

type State = Awaited<ReturnType<BrowserContext['storageState']>>;
const states = new Map<string, State>();

/** What a browser keeps after this person signed in; asked of the API once. */
async function signedIn(browser: Browser, { email, password }: SignIn): Promise<State> {
  const known = states.get(email);
  if (known !== undefined) return known;
  const context = await browser.newContext({ baseURL: consoleUrl() });
  const answer = await context.request.post('/auth/sign-in', { data: { email, password } });
  expect(answer.status()).toBe(200);
  const state = await context.storageState();
  await context.close();
  states.set(email, state);
  return state;
}

export interface Seat {
  readonly page: Page;
  /** Errors of the console, of the page and of the content security policy, in order. */
  readonly problems: readonly string[];
  /** Asks the API as this person. */
  readonly graphql: <T>(query: string, variables?: object) => Promise<T>;
  /** Fails when the page had problems. */
  readonly close: () => Promise<void>;
}

/** A browser window of its own. Without `as` nobody is signed in. */
export async function sit(
  browser: Browser,
  { as, ...options }: BrowserContextOptions & { readonly as?: SignIn } = {},
): Promise<Seat> {
  const context = await browser.newContext({
    baseURL: consoleUrl(),
    viewport: { width: 1440, height: 900 },
    ...(as === undefined ? {} : { storageState: await signedIn(browser, as) }),
    ...options,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isAnswer(message.text())) problems.push(message.text());
  });
  return {
    page,
    problems,
    graphql: async <T>(query: string, variables: object = {}): Promise<T> => {
      const answer = await context.request.post('/graphql', { data: { query, variables } });
      const { data, errors } = (await answer.json()) as { data?: T; errors?: unknown };
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return data as T;
    },
    close: async () => {
      await context.close();
      expect(problems).toEqual([]);
    },
  };
}

/** The browser logs each answer of 4xx as an error; a wrong password is meant to be one. */
const isAnswer = (text: string): boolean => /Failed to load resource: .* status of 4\d\d/.test(text);

export interface Answer {
  readonly decision: boolean;
  readonly context: { readonly effect: string; readonly reason: string };
}

/** An agent of this tenant asks whether it may read something, for whom it serves. */
export async function agentAsks(
  slug: string,
  tool = 'list_all_airports',
  subject = credentials().tenants[slug]!.exampleSubject,
): Promise<Answer> {
  const { agentApiKey } = credentials().tenants[slug]!;
  const answer = await fetch(`${consoleUrl()}/access/v1/evaluation`, {
    method: 'POST',
    headers: { authorization: `Bearer ${agentApiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      subject,
      action: { name: 'tools/call' },
      resource: { type: 'tool', id: tool, properties: { arguments: {} } },
    }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}

/** Tells that a tool ran that nobody was asked about. */
export async function agentConfesses(slug: string, tool = 'list_all_airports'): Promise<void> {
  const { agentApiKey, assistant, exampleSubject: subject } = credentials().tenants[slug]!;
  const answer = await fetch(`${consoleUrl()}/v1/outcomes/ungoverned`, {
    method: 'POST',
    headers: { authorization: `Bearer ${agentApiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      report_id: crypto.randomUUID(),
      cause: 'not_asked',
      status: 'succeeded',
      subject,
      tool,
      agent: assistant,
    }),
  });
  expect(answer.status).toBe(201);
}

/** Lifts what a test left in force, so that the next begins with nothing stopped. */
export async function liftAll({ graphql }: Seat, tenant: string): Promise<void> {
  const { killSwitches } = await graphql<{
    killSwitches: { id: string; scope: string; target: string; version: number }[];
  }>('query ($tenant: String!) { killSwitches(tenant: $tenant) { id scope target version } }', { tenant });
  for (const { id, scope, target, version } of killSwitches.filter((each) => each.scope !== 'global'))
    await graphql(
      `
        mutation ($tenant: String!, $id: ID!, $version: Int!, $confirm: String!) {
          liftKillSwitch(
            tenant: $tenant
            id: $id
            expectedVersion: $version
            confirm: $confirm
            reason: "the test is over"
          ) {
            id
          }
        }
      `,
      { tenant, id, version, confirm: scope === 'tenant' ? tenant : target },
    );
}

/** Until nothing on the page is being loaded: each panel says so for itself. */
export const untilLoaded = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.querySelector('[aria-label="Loading"]') === null);
