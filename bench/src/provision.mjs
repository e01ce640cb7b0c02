// From an empty Reeve to a tenant with a policy, bound customers and an agent's key; through the public API only.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ASSISTANT, customers } from './questions.mjs';

const REASON = 'set up for the bench';
const ABREAST = 16;

export async function provision(api, { tenant, policy }) {
  const cookie = await setUp(api);
  const admin = graphql(api.url, { cookie });
  await admin(
    `mutation ($tenant: String!) { createTenant(slug: $tenant, name: "Bench", reason: "${REASON}") { id } }`,
    {
      tenant,
    },
  );
  const { policy: current } = await admin(
    `query ($tenant: String!) { policy(tenant: $tenant) { revision } }`,
    { tenant },
  );
  await admin(
    `mutation ($tenant: String!, $edits: [JSON!]!, $revision: Int!) {
      publishPolicy(tenant: $tenant, edits: $edits, expectedRevision: $revision, reason: "${REASON}") { revision } }`,
    { tenant, edits: editsOf(policy), revision: current.revision },
  );
  const subjects = customers();
  const bind = ({ type, id }) =>
    admin(
      `mutation ($tenant: String!, $type: String!, $id: String!) {
        bindSubject(tenant: $tenant, type: $type, id: $id, roles: ["customer"], expectedVersion: 0, reason: "${REASON}") { id } }`,
      { tenant, type, id },
    );
  for (let i = 0; i < subjects.length; i += ABREAST)
    await Promise.all(subjects.slice(i, i + ABREAST).map(bind));
  const { createApiKey } = await admin(
    `mutation ($tenant: String!) {
      createApiKey(tenant: $tenant, name: "bench", kind: agent, assistants: ["${ASSISTANT}"], reason: "${REASON}") { secret } }`,
    { tenant },
  );
  return { agentKey: createApiKey.secret, admin: { cookie }, subjects };
}

/** The link that an empty Reeve prints makes the first administrator. */
async function setUp(api) {
  const token = await printedToken(api);
  const response = await fetch(`${api.url}/auth/set-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token,
      email: 'bench@reeve.example',
      name: 'Bench',
      password: randomBytes(18).toString('base64url'),
    }),
  });
  if (!response.ok) throw new Error(`set-up answered ${response.status}: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function printedToken(api) {
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(50)) {
    const token = /set-up#token=([\w-]+)/.exec(api.output())?.[1];
    if (token) return token;
  }
  throw new Error(`Reeve printed no set-up link:\n${api.output()}`);
}

function graphql(url, headers) {
  return async (query, variables) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const { data, errors } = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {};
    if (!data || errors) throw new Error(`GraphQL answered ${response.status}: ${text.slice(0, 500)}`);
    return data;
  };
}

function editsOf({ tools, roles, cells, guardrails, quotas, assistants }) {
  const named = (kind, things) => Object.entries(things).map(([name, value]) => ({ kind, name, value }));
  return [
    ...named('tool', tools),
    ...named('role', roles),
    ...named('assistant', assistants),
    ...cells.map(({ role, tool, ...value }) => ({ kind: 'cell', role, tool, value })),
    ...named('guardrail', guardrails),
    ...named('quota', quotas),
  ];
}
