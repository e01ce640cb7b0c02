/** Customers of another recording, bound as the seed binds its own: by a management key, through the public API. */
import type { DemoKeys } from './demo-keys.js';
import { PdpError } from './pdp.js';
import { customersOf, type RecordedRun } from './recording.js';

const BIND = `mutation ($tenant: String!, $type: String!, $id: String!, $roles: [String!]!) {
  bindSubject(tenant: $tenant, type: $type, id: $id, roles: $roles, expectedVersion: 0,
    reason: "A customer of the recording that is replayed") { id } }`;

/** Answers how many were new. Those that are bound stay as they are. */
export async function bindCustomers(
  url: string,
  credentials: DemoKeys,
  recording: readonly RecordedRun[],
): Promise<number> {
  let bound = 0;
  for (const tenant of new Set(recording.map(({ domain }) => domain))) {
    const key = credentials.tenants[tenant]?.managementApiKey;
    if (!key) throw new Error(`the credentials hold no management key for the tenant ${tenant}`);
    for (const { type, id, roles } of customersOf(tenant, recording))
      if (await bind(url, key, { tenant, type, id, roles })) bound++;
  }
  return bound;
}

async function bind(url: string, key: string, variables: object): Promise<boolean> {
  const response = await fetch(new URL('/graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: BIND, variables }),
  });
  const { errors } = (await response.json()) as {
    errors?: { message: string; extensions?: { code?: string } }[];
  };
  if (errors === undefined) return true;
  if (errors[0]?.extensions?.code === 'CONFLICT') return false;
  throw new PdpError(`a customer of the recording can't be bound: ${errors[0]?.message}`);
}
