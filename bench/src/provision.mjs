// From an empty Reeve to a tenant with a policy, bound customers and an agent's key; through the public API only.
import { graphql, setUp } from '../../scripts/lib/first-administrator.mjs';
import { ASSISTANT, customers } from './questions.mjs';

const REASON = 'set up for the bench';
const ABREAST = 8;

export async function provision(api, { tenant, policy }) {
  const cookie = await setUp(api, { email: 'bench@reeve.example', name: 'Bench' });
  const { agentKey, subjects } = await addTenant(graphql(api.url, { cookie }), { tenant, policy });
  return { agentKey, admin: { cookie }, subjects };
}

/** A tenant with a policy, bound customers and an agent's key. */
export async function addTenant(admin, { tenant, policy, subjects = customers() }) {
  await admin(
    `mutation ($tenant: String!) { createTenant(slug: $tenant, name: "Bench", reason: "${REASON}") { id } }`,
    { tenant },
  );
  await publish(admin, tenant, editsOf(policy));
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
  return { agentKey: createApiKey.secret, subjects };
}

/** Headers of automation that may all that an owner may. */
export async function automationOf(admin, tenant) {
  const { createApiKey } = await admin(
    `mutation ($tenant: String!) {
      createApiKey(tenant: $tenant, name: "automation", kind: management, roles: [owner], expiresInDays: 1, reason: "${REASON}") { secret } }`,
    { tenant },
  );
  return { authorization: `Bearer ${createApiKey.secret}` };
}

/** Edits to the current revision. */
export async function publish(admin, tenant, edits) {
  const { policy: current } = await admin(
    `query ($tenant: String!) { policy(tenant: $tenant) { revision } }`,
    { tenant },
  );
  const { publishPolicy } = await admin(
    `mutation ($tenant: String!, $edits: [JSON!]!, $revision: Int!) {
      publishPolicy(tenant: $tenant, edits: $edits, expectedRevision: $revision, reason: "${REASON}") { revision } }`,
    { tenant, edits, revision: current.revision },
  );
  return publishPolicy.revision;
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
