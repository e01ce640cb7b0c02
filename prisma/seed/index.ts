/**
 * The demo: three tenants with the policies, customers and staff of the recorded agents.
 *
 * Promises: runs again harmlessly. A finished seed is left alone; one that was killed half way goes on with the same
 * passwords; a deployment with tenants of its own is never touched.
 */
import { readRecording, type RecordedRun } from '@reeve/replay';
import { chaptersOf } from './chapters.js';
import { newCredentials } from './credentials.js';
import { ADMIN_ROLES, type DemoCredentials, type SeedApiKey, type SeedFacade } from './facade.js';
import { subjectsOf } from './people.js';
import { DEMO_TENANTS, type DemoTenant } from './tenants.js';

export { credentialsFile } from './credentials.js';
export type * from './facade.js';
export { subjectsOf, type SeedSubject } from './people.js';
export { DEMO_TENANTS, type DemoTenant } from './tenants.js';

const REASON = 'First start of the demo';

/** Answers null where there are tenants already that no demo made. */
export async function seedDemo(facade: SeedFacade): Promise<DemoCredentials | null> {
  const kept = await facade.credentials.read();
  const slugs = await facade.tenantSlugs();
  const admins = await facade.platformAdminEmails();
  if (kept === null && slugs.length + admins.length > 0) return null;
  if (kept?.complete && DEMO_TENANTS.every(({ slug }) => slugs.includes(slug))) return kept;

  // On disk before anything uses them: a first start that is killed never loses a password it has set.
  const credentials = kept ?? newCredentials(DEMO_TENANTS);
  credentials.complete = false;
  for (const { slug } of DEMO_TENANTS)
    if (!slugs.includes(slug))
      Object.assign(credentials.tenants[slug]!, { agentApiKey: null, managementApiKey: null });
  await facade.credentials.write(credentials);

  if (!admins.includes(credentials.platformAdmin.email))
    await facade.createPlatformAdmin(credentials.platformAdmin, REASON);
  const recording = readRecording();
  for (const tenant of DEMO_TENANTS) await seedTenant(facade, tenant, recording, credentials);

  credentials.complete = true;
  await facade.credentials.write(credentials);
  return credentials;
}

async function seedTenant(
  facade: SeedFacade,
  tenant: DemoTenant,
  recording: readonly RecordedRun[],
  credentials: DemoCredentials,
): Promise<void> {
  const { slug, name, environment, assistant } = tenant;
  facade.log?.(`demo: ${name}`);
  if (!(await facade.tenantSlugs()).includes(slug))
    await facade.createTenant({ slug, name, environment }, REASON);

  const { members } = credentials.tenants[slug]!;
  const present = await facade.memberEmails(slug);
  const absent = ADMIN_ROLES.filter((role) => !present.includes(members[role].email));
  if (absent.length > 0)
    await facade.addMembers(
      slug,
      absent.map((role) => ({ ...members[role], roles: [role] })),
      REASON,
    );

  for (const chapter of chaptersOf(tenant.policy)) {
    const { revision, document } = await facade.policy(slug);
    if (!chapter.standsIn(document))
      await facade.publishPolicy(slug, chapter.edits, revision, chapter.reason);
  }
  await facade.bindSubjects(slug, subjectsOf(slug, recording), REASON);

  await keyOnce(facade, tenant, credentials, 'agentApiKey', {
    name: assistant,
    kind: 'agent',
    assistants: [assistant],
    scopes: ['decisions', 'telemetry'],
    roles: [],
  });
  await keyOnce(facade, tenant, credentials, 'managementApiKey', {
    name: 'demo automation',
    kind: 'management',
    assistants: [],
    scopes: [],
    roles: ['owner', 'policy_editor', 'operator', 'auditor'],
  });
}

/** A key whose secret was lost to a kill is revoked and made anew. */
async function keyOnce(
  facade: SeedFacade,
  { slug }: DemoTenant,
  credentials: DemoCredentials,
  place: 'agentApiKey' | 'managementApiKey',
  key: SeedApiKey,
): Promise<void> {
  const kept = credentials.tenants[slug]!;
  if (kept[place] !== null) return;
  if ((await facade.apiKeyNames(slug)).includes(key.name))
    await facade.revokeApiKeys(slug, key.name, 'Its secret was lost in an interrupted first start');
  kept[place] = await facade.createApiKey(slug, key, REASON);
  await facade.credentials.write(credentials);
}
