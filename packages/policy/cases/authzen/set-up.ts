/** The certification scenario's fixture, set up through the public API by whoever may change a tenant. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Fixture {
  readonly assistant: string;
  readonly edits: readonly object[];
  readonly subjects: readonly {
    readonly type: string;
    readonly id: string;
    readonly roles: readonly string[];
    readonly attributes: object;
  }[];
  readonly resources: readonly { readonly type: string; readonly id: string; readonly properties: object }[];
}

/** Asks GraphQL as an administrator; throws what is answered instead of data. */
export type Admin = (query: string, variables: object) => Promise<unknown>;

const REASON = 'set up for the conformance modules';

/** In a tenant of its own. Answers with the assistant that an agent's key has to speak for. */
export async function setUpFixture(directory: string, tenant: string, admin: Admin): Promise<string> {
  const fixture = parse(readFileSync(join(directory, 'fixture.yaml'), 'utf8')) as Fixture;
  const { assistant, edits, subjects, resources } = fixture;
  const { policy } = (await admin(`query ($tenant: String!) { policy(tenant: $tenant) { revision } }`, {
    tenant,
  })) as { policy: { revision: number } };
  await admin(
    `mutation ($tenant: String!, $edits: [JSON!]!, $revision: Int!) {
      publishPolicy(tenant: $tenant, edits: $edits, expectedRevision: $revision, reason: "${REASON}") { revision } }`,
    { tenant, edits, revision: policy.revision },
  );
  for (const subject of subjects) {
    await admin(
      `mutation ($tenant: String!, $type: String!, $id: String!, $roles: [String!]!) {
        bindSubject(tenant: $tenant, type: $type, id: $id, roles: $roles, expectedVersion: 0, reason: "${REASON}") { id } }`,
      { tenant, type: subject.type, id: subject.id, roles: subject.roles },
    );
    await admin(
      `mutation ($tenant: String!, $type: String!, $id: String!, $attributes: JSON!) {
        setSubjectAttributes(tenant: $tenant, type: $type, id: $id, attributes: $attributes, expectedVersion: 1,
          reason: "${REASON}") { id } }`,
      { tenant, type: subject.type, id: subject.id, attributes: subject.attributes },
    );
  }
  for (const resource of resources)
    await admin(
      `mutation ($tenant: String!, $type: String!, $id: String!, $properties: JSON!) {
        registerResource(tenant: $tenant, type: $type, id: $id, properties: $properties, expectedVersion: 0,
          reason: "${REASON}") { id } }`,
      { tenant, ...resource },
    );
  return assistant;
}
