/**
 * The records that this process has had committed and answered, the last of each tenant. A database that does not have
 * one of them any more (a standby without it was promoted, a backup was put back) has lost what somebody was told.
 */
import { Injectable } from '@nestjs/common';
import type { LastRecord } from './head.js';

/** Heads of one tenant that others have moved on from and that nobody has looked for yet. */
const LEFT_MAX = 1_000;

@Injectable()
export class AnsweredHeads {
  private readonly last = new Map<string, LastRecord>();
  private readonly left = new Map<string, LastRecord[]>();

  /**
   * `from`: where the ledger stood before. If that is not where this process left it, others have moved it, or the
   * database is another one now: what was answered last is kept, so that nothing written since hides that it is gone.
   */
  note(head: LastRecord, from: Pick<LastRecord, 'seq' | 'hash'>): void {
    const { tenantId, seq, hash } = head;
    const last = this.last.get(tenantId);
    if (last !== undefined && (last.seq !== from.seq || last.hash !== from.hash)) {
      const left = this.left.get(tenantId) ?? [];
      if (left.length < LEFT_MAX) left.push(last);
      this.left.set(tenantId, left);
    }
    this.last.set(tenantId, { tenantId, seq, hash });
  }

  /** All that should be there. */
  heads(): LastRecord[] {
    return [...[...this.left.values()].flat(), ...this.last.values()];
  }

  /** They were looked for. What is `gone` has been told, and is not looked for again. */
  lookedFor(heads: readonly LastRecord[], gone: ReadonlySet<LastRecord>): void {
    for (const head of heads) {
      const left = this.left.get(head.tenantId)?.filter((one) => one !== head) ?? [];
      if (left.length === 0) this.left.delete(head.tenantId);
      else this.left.set(head.tenantId, left);
      if (gone.has(head) && this.last.get(head.tenantId) === head) this.last.delete(head.tenantId);
    }
  }
}
