/** The demo's seed, done by the services that the console uses: every seeded change has its record. */
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { credentialsFile, type SeedApiKey, type SeedFacade, type SeedMember } from '@reeve/db/seed';
import type { PolicyEdit } from '@reeve/policy';
import { SystemKeysService } from '../api-keys/system-keys.service.js';
import { CONFIG, type Config } from '../infra/config.js';
import { SYSTEM } from '../ledger/actor.js';
import { SeedMembersService } from '../members/seed-members.service.js';
import { PoliciesService } from '../policies/policies.service.js';
import { PublishingService } from '../policies/publishing.service.js';
import { SubjectsService } from '../subjects/subjects.service.js';
import { TenantsService } from '../tenants/tenants.service.js';

/** A composition for a first start, not a service: it holds every door the seed walks through. */
@Injectable()
export class SeedFacadeFactory {
  constructor(
    private readonly tenants: TenantsService,
    private readonly members: SeedMembersService,
    private readonly policies: PoliciesService,
    private readonly publishing: PublishingService,
    private readonly subjects: SubjectsService,
    private readonly keys: SystemKeysService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  create(log: (line: string) => void): SeedFacade {
    const { tenants, members, policies, publishing, subjects, keys } = this;
    const idOf = async (slug: string) => (await tenants.requireBySlug(slug)).id;
    return {
      log,
      credentials: credentialsFile(demoCredentialsPath(this.config)),
      tenantSlugs: () => tenants.slugs(),
      createTenant: async (tenant, reason) => void (await tenants.create(SYSTEM, tenant, reason)),
      platformAdminEmails: () => members.platformAdminEmails(),
      createPlatformAdmin: (person, reason) => members.createPlatformAdmin(person, reason),
      memberEmails: async (slug) => members.emails(await idOf(slug)),
      addMembers: async (slug: string, people: readonly SeedMember[], reason: string) => {
        const tenantId = await idOf(slug);
        for (const person of people) await members.add(tenantId, person, reason);
      },
      policy: async (slug) => policies.get({ id: await idOf(slug) }),
      publishPolicy: async (
        slug: string,
        edits: readonly PolicyEdit[],
        expectedRevision: number,
        reason: string,
      ) => void (await publishing.publish(SYSTEM, { id: await idOf(slug) }, edits, expectedRevision, reason)),
      bindSubjects: async (slug, bindings, reason) => subjects.bindAll(await idOf(slug), bindings, reason),
      apiKeyNames: async (slug) => keys.names(await idOf(slug)),
      createApiKey: async (slug: string, key: SeedApiKey, reason: string) =>
        keys.create(await idOf(slug), key, reason),
      revokeApiKeys: async (slug, name, reason) => keys.revoke(await idOf(slug), name, reason),
    };
  }
}

export const demoCredentialsPath = (config: Config): string => join(config.dataDir, 'demo-credentials.json');
