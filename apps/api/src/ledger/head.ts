/** Where a tenant's ledger ends and what governs its next decision: a row of ledger_head, in these words everywhere. */
export interface Head {
  readonly tenantId: string;
  /** The last record's number. */
  readonly seq: number;
  readonly hash: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Counts the changes of what decisions look at. */
  readonly epoch: number;
  readonly policyRevision: number;
}

/** The record a head ends with. */
export type LastRecord = Pick<Head, 'tenantId' | 'seq' | 'hash'>;

/** True when nothing has happened between the two. */
export const isSameHead = (a: Head, b: Head): boolean =>
  a.seq === b.seq && a.hash === b.hash && a.epoch === b.epoch;
