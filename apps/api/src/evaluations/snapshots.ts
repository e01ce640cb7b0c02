/**
 * What a tenant's admins have decided, compiled and kept per epoch. The epoch stands in the row that orders the
 * tenant's decisions and moves with every change, and each batch reads it under that row's lock: a snapshot is either
 * of this very epoch or it is loaded anew inside the transaction. So nothing here can be stale when it is used.
 */
import { setImmediate as others } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import {
  asPolicy,
  compilePolicy,
  EMPTY_POLICY,
  type CompiledPolicy,
  type KillSwitch,
  type PolicyDocument,
} from '@reeve/policy';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import type { Head } from '../ledger/head.js';
import type { LedgerConnection } from '../ledger/ledger-connection.js';
import { GOVERNANCE, POLICY } from './facts.sql.js';

export interface Snapshot {
  readonly epoch: number;
  readonly policyRevision: number;
  readonly policy: CompiledPolicy;
  readonly switches: readonly KillSwitch[];
  /** Agent keys that are not revoked, with the assistants they may speak for. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

/** What of a head says which snapshot is current. */
type Governed = Pick<Head, 'tenantId' | 'epoch' | 'policyRevision'>;

export class Snapshots {
  private readonly log = new Logger('Snapshots');
  private readonly byTenant = new Map<string, Snapshot>();

  get(tenantId: string): Snapshot | undefined {
    return this.byTenant.get(tenantId);
  }

  /**
   * Loads what is not of the epoch under the lock. Returns whether anything was. A tenant whose policy can't be made
   * sense of is left without a snapshot of its epoch: its own failure, and nobody else's.
   */
  async refresh(connection: LedgerConnection, heads: readonly Governed[]): Promise<boolean> {
    const stale = heads.filter((head) => this.byTenant.get(head.tenantId)?.epoch !== head.epoch);
    if (stale.length === 0) return false;
    const compile = stale.filter((h) => this.byTenant.get(h.tenantId)?.policyRevision !== h.policyRevision);
    const [governance, ...documents] = await connection.pipeline([
      { name: 'governance', text: GOVERNANCE, values: [stale.map((h) => h.tenantId)] },
      ...compile.map((h) => ({ name: 'policy', text: POLICY, values: [h.tenantId, h.policyRevision] })),
    ]);
    const rows = new Map((governance!.rows as GovernanceRow[]).map((row) => [row.tenantId, row]));
    for (const head of stale) {
      const at = compile.indexOf(head);
      const { switches, keys } = rows.get(head.tenantId)!;
      try {
        const policy =
          at < 0
            ? this.byTenant.get(head.tenantId)!.policy
            : await inSlices(compileRevision(head, documents[at]!.rows as PolicyRow[]));
        const { tenantId, epoch, policyRevision } = head;
        this.byTenant.set(tenantId, {
          epoch,
          policyRevision,
          policy,
          switches,
          keys: new Map(Object.entries(keys)),
        });
      } catch (error) {
        this.byTenant.delete(head.tenantId);
        this.log.error(
          `tenant ${head.tenantId} can't be decided for`,
          error instanceof Error ? error.stack : '',
        );
      }
    }
    return true;
  }
}

type GovernanceRow = { tenantId: string; switches: KillSwitch[]; keys: Record<string, string[]> };
type PolicyRow = { document: PolicyDocument };

const SLICE_MS = 10;

/** Compiles all of it now, so that no decision does, and lets everything else go on in between. */
async function inSlices(policy: CompiledPolicy): Promise<CompiledPolicy> {
  let began = performance.now();
  for (const _ of policy.prepare()) {
    if (performance.now() - began < SLICE_MS) continue;
    await others();
    began = performance.now();
  }
  // What is decided by it takes its own time.
  await others();
  return policy;
}

/** Revision 0 is a tenant that has published nothing: it knows no tool, so everything is denied. */
function compileRevision(head: Governed, rows: readonly PolicyRow[]): CompiledPolicy {
  if (head.policyRevision === 0 || head.tenantId === PLATFORM_TENANT_ID) return compilePolicy(EMPTY_POLICY);
  const document = rows[0]?.document;
  if (document === undefined)
    throw new Error(`policy revision ${head.policyRevision} of ${head.tenantId} is missing`);
  return compilePolicy(asPolicy(document));
}
