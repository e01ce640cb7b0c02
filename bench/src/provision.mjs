// From an empty Reeve to a tenant with a policy, bound customers and an agent's key; through the public API only.
import { graphql, setUp } from '../../scripts/lib/first-administrator.mjs';
import { ASSISTANT, customers } from './questions.mjs';

const REASON = 'set up for the bench';
const ABREAST = 16;

export async function provision(api, { tenant, policy }) {
  const cookie = await setUp(api, { email: 'bench@reeve.example', name: 'Bench' });
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
