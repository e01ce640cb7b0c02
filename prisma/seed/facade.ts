/**
 * What the seed needs of whoever runs it. Behind each method stands the service that the console uses too, so that every
 * seeded change has its audit record.
 */
import type { PolicyDocument, PolicyEdit } from '@reeve/policy';
import type { SeedSubject } from './people.js';

export const ADMIN_ROLES = ['owner', 'policy_editor', 'operator', 'approver', 'auditor', 'viewer'] as const;
export type AdminRole = (typeof ADMIN_ROLES)[number];

export interface SeedMember {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly roles: readonly AdminRole[];
}

export interface SeedApiKey {
  readonly name: string;
  readonly kind: 'agent' | 'management';
  /** agent: the assistants it may speak for. */
  readonly assistants: readonly string[];
  /** agent: asking and reporting, sending traces. */
  readonly scopes: readonly ('decisions' | 'telemetry')[];
  /** management: the admin roles it has. */
  readonly roles: readonly AdminRole[];
}

/** `tenant` is a slug throughout. */
export interface SeedFacade {
  tenantSlugs(): Promise<readonly string[]>;
  createTenant(tenant: { slug: string; name: string; environment: string }, reason: string): Promise<void>;

  platformAdminEmails(): Promise<readonly string[]>;
  createPlatformAdmin(member: Omit<SeedMember, 'roles'>, reason: string): Promise<void>;

  memberEmails(tenant: string): Promise<readonly string[]>;
  addMembers(tenant: string, members: readonly SeedMember[], reason: string): Promise<void>;

  policy(tenant: string): Promise<{ readonly revision: number; readonly document: PolicyDocument }>;
  publishPolicy(
    tenant: string,
    edits: readonly PolicyEdit[],
    expectedRevision: number,
    reason: string,
  ): Promise<void>;

  /** Those that are bound stay as they are. */
  bindSubjects(tenant: string, subjects: readonly SeedSubject[], reason: string): Promise<void>;

  /** Names of the keys that are not revoked. */
  apiKeyNames(tenant: string): Promise<readonly string[]>;
  /** Answers with the secret, which is shown this once. */
  createApiKey(tenant: string, key: SeedApiKey, reason: string): Promise<string>;
  revokeApiKeys(tenant: string, name: string, reason: string): Promise<void>;

  /** Where sign-ins and keys are kept between starts; `credentialsFile` is the usual place. */
  readonly credentials: CredentialsStore;
  log?(line: string): void;
}

export interface CredentialsStore {
  read(): Promise<DemoCredentials | null>;
  write(credentials: DemoCredentials): Promise<void>;
}

export interface SignIn {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export interface DemoTenantCredentials {
  readonly name: string;
  readonly assistant: string;
  /** Bearer of POST /access/v1/evaluation. */
  agentApiKey: string | null;
  /** Bearer of /graphql. */
  managementApiKey: string | null;
  /** A bound customer, to try with. */
  readonly exampleSubject: { readonly type: string; readonly id: string };
  readonly members: { readonly [role in AdminRole]: SignIn };
}

export interface DemoCredentials {
  /** false while a first start is at it, or was killed. */
  complete: boolean;
  readonly platformAdmin: SignIn;
  readonly tenants: { readonly [slug: string]: DemoTenantCredentials };
}
