/**
 * What a process remembers of each tenant from batch to batch. Whatever changes one of these facts moves the tenant's
 * head: a decision by its record, an admin's change by its record and the epoch. So they are current for as long as the
 * head stands where this process left it, and each batch sees under the lock whether it does.
 */
import type { ResourceFacts, SubjectFacts } from '@reeve/policy';
import { isSameHead, type Head } from '../ledger/head.js';
import type { SubjectKey } from '../ledger/subject-keys.js';
import type { Authorised } from './recorded-evaluation.js';
import type { Told } from './ungoverned-entry.js';

/** What decisions look at beside the policy. What one decision leaves behind here, the next one sees. */
export interface TenantFacts {
  /** null: looked for and not there. */
  readonly subjects: Map<string, { readonly bound: SubjectFacts | null; readonly key: SubjectKey | null }>;
  /** null: not registered. */
  readonly resources: Map<string, ResourceFacts | null>;
  /** By kind and key (`stateText`). What can't be read is not in here, so nothing is decided by it. */
  readonly state: Map<string, unknown>;
  /** Those that outcomes of this batch are about. */
  readonly evaluations: Map<string, Authorised | null>;
  /** Those that were told without one, by the record's id. */
  readonly told: Map<string, Told | null>;
}

export interface TenantMemory {
  readonly facts: TenantFacts;
  /** As this process left it; null before it ever did. */
  readonly head: Head | null;
  /** Nobody else has moved the head since this process left it the time before. */
  readonly alone: boolean;
}

/** Beyond so many subjects, resources and states a tenant's facts are looked up anew. */
const FACTS_MAX = 50_000;

export class TenantMemories {
  private readonly byTenant = new Map<string, TenantMemory>();

  of(tenantId: string): TenantMemory {
    let memory = this.byTenant.get(tenantId);
    if (memory === undefined) {
      memory = { facts: noFacts(), head: null, alone: false };
      this.byTenant.set(tenantId, memory);
    }
    return memory;
  }

  /** The head was locked. Forgets the facts if somebody else has moved it; returns whether nobody had. */
  found(head: Head): boolean {
    const { head: left, facts } = this.of(head.tenantId);
    const alone = left !== null && isSameHead(left, head);
    this.byTenant.set(head.tenantId, { facts: alone ? facts : noFacts(), head, alone });
    return alone;
  }

  /**
   * Once this batch is committed the head stands here; if it is not, `forget`. Where another process takes turns with
   * this one, kept facts would cost the next batch a second look-up, so it asks for all of them at once.
   */
  left(head: Head): void {
    const { facts, alone } = this.of(head.tenantId);
    facts.evaluations.clear();
    facts.told.clear();
    const keep = alone && facts.subjects.size + facts.resources.size + facts.state.size <= FACTS_MAX;
    this.byTenant.set(head.tenantId, { facts: keep ? facts : noFacts(), head, alone });
  }

  /** After a failure nobody knows what was written of these tenants. */
  forget(tenantIds: readonly string[]): void {
    for (const tenantId of tenantIds) this.byTenant.delete(tenantId);
  }
}

const noFacts = (): TenantFacts => ({
  subjects: new Map(),
  resources: new Map(),
  state: new Map(),
  evaluations: new Map(),
  told: new Map(),
});
