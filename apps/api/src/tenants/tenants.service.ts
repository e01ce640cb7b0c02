/** The isolation boundaries: made by platform administrators, named and set up by their owners. */
import { Injectable } from '@nestjs/common';
import type { Tenant } from '@reeve/db';
import { DisplayName } from '@reeve/policy';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { AdminActor } from '../auth/admin-actor.js';
import { TenantScopes } from '../auth/tenant-scopes.service.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { requireVersion } from '../infra/require-version.js';
import { valid } from '../infra/valid.js';
import type { Actor } from '../ledger/actor.js';
import { Changes } from '../ledger/changes.js';
import { TenantsRepository } from './tenants.repository.js';

/** First segments of the console's and the API's own addresses. */
const RESERVED = new Set([
  'access',
  'api',
  'assets',
  'auth',
  'docs',
  'graphql',
  'healthz',
  'readyz',
  'settings',
  'set-password',
  'set-up',
  'sign-in',
  'v1',
]);

const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,47}$/, 'lower-case letters, digits and -, 2 to 48, a letter first')
  .refine((slug) => !RESERVED.has(slug), 'this name is taken by the console itself');
/** No span of a day before the last 400 has a partition. */
const TelemetryDays = z.int().min(1).max(400);
const Environment = z.enum(['development', 'staging', 'production'], 'development, staging or production');

export interface TenantUpdate {
  readonly name?: string | null;
  readonly environment?: string | null;
  readonly twoPersonLift?: boolean | null;
  readonly telemetryDays?: number | null;
}

@Injectable()
export class TenantsService {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly scopes: TenantScopes,
    private readonly changes: Changes,
  ) {}

  list(actor: AdminActor): Promise<Tenant[]> {
    return this.scopes.list(actor);
  }

  get(tenantId: string): Promise<Tenant> {
    return this.tenants.byId(tenantId);
  }

  async requireBySlug(slug: string): Promise<Tenant> {
    const tenant = await this.tenants.bySlug(slug);
    if (tenant === null) throw new DomainError('not_found', `There is no tenant ${slug}.`);
    return tenant;
  }

  slugs(): Promise<string[]> {
    return this.tenants.slugs();
  }

  /** Throws `conflict` for a slug that is in use. */
  create(
    actor: Actor,
    input: { slug: string; name: string; environment: string },
    reason: string,
  ): Promise<Tenant> {
    const slug = valid(Slug, input.slug, 'slug');
    const name = valid(DisplayName, input.name, 'name');
    const environment = valid(Environment, input.environment, 'environment');
    return this.changes.make(
      actor,
      { tenantId: PLATFORM_TENANT_ID, action: 'tenant.create', reason },
      async (tx, at) => {
        if ((await this.tenants.bySlug(slug)) !== null)
          throw new DomainError('conflict', `There is a tenant ${slug} already.`, { path: 'slug' });
        const tenant = await this.tenants.create(tx, {
          id: uuid(),
          slug,
          name,
          environment,
          createdAt: at.now,
        });
        return {
          target: `tenant:${slug}`,
          before: null,
          after: { id: tenant.id, slug, name, environment },
          result: tenant,
        };
      },
    );
  }

  update(
    actor: AdminActor,
    { id }: TenantScope,
    input: TenantUpdate,
    expectedVersion: number,
    reason: string,
  ): Promise<Tenant> {
    const { name, environment, twoPersonLift, telemetryDays } = input;
    const next = {
      ...(name == null ? {} : { name: valid(DisplayName, name, 'name') }),
      ...(environment == null ? {} : { environment: valid(Environment, environment, 'environment') }),
      ...(twoPersonLift == null ? {} : { twoPersonLift }),
      ...(telemetryDays == null
        ? {}
        : { telemetryDays: valid(TelemetryDays, telemetryDays, 'telemetryDays') }),
    };
    return this.changes.make(actor, { tenantId: id, action: 'tenant.update', reason }, async (tx) => {
      const tenant = await this.tenants.find(tx, id);
      requireVersion(tenant, expectedVersion);
      const updated = await this.tenants.update(tx, id, next);
      return {
        target: `tenant:${tenant.slug}`,
        before: settings(tenant),
        after: settings(updated),
        result: updated,
      };
    });
  }
}

const settings = ({ name, environment, twoPersonLift, telemetryDays }: Tenant) => ({
  name,
  environment,
  two_person_lift: twoPersonLift,
  telemetry_days: telemetryDays,
});
