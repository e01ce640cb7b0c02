/**
 * Does the ledger still say what was sealed? Checked on from the last proof each minute, and from the first record once
 * a day, with the verifier that auditors use.
 */
import { Injectable } from '@nestjs/common';
import { type ChainState, describeVerdict, startOfChain, verifyChain } from '@reeve/audit';
import { Keyring } from '../ledger/keyring.js';
import { IntegrityRepository } from './integrity.repository.js';

const PAGE = 1000;

@Injectable()
export class IntegrityService {
  constructor(
    private readonly ledgers: IntegrityRepository,
    private readonly keyring: Keyring,
  ) {}

  /** `whole`: from the first record, so that what was proved once is proved again. */
  async checkAll(whole: boolean): Promise<void> {
    for (const tenantId of await this.ledgers.tenantIds()) await this.check(tenantId, whole);
  }

  /** Notes how far the chain holds. Returns the sentence that says where it broke, or null. */
  async check(tenantId: string, whole: boolean): Promise<string | null> {
    const head = await this.ledgers.head(tenantId);
    if (head === null) return null;
    const keys = this.keyring.tenantKeys(tenantId);
    let state: ChainState =
      whole || head.verifiedHash === null
        ? startOfChain(tenantId)
        : { tenant: tenantId, seq: Number(head.verifiedSeq), hash: head.verifiedHash };
    for (;;) {
      const records = await this.ledgers.after(tenantId, state.seq, head.seq, PAGE);
      const step = verifyChain(state, records, keys);
      state = step.state;
      if (step.fault !== null) return this.note(state, describeVerdict(step.fault));
      if (records.length < PAGE) break;
    }
    const { seq, hash } = state;
    if (BigInt(seq) < head.seq) {
      const missing = Number(head.seq) - seq;
      return this.note(
        state,
        describeVerdict({ verdict: 'incomplete', lacks: 'records', after: seq, missing }),
      );
    }
    return this.note(
      state,
      hash === head.hash ? null : `Broken at #${seq}: the ledger's head names another hash.`,
    );
  }

  private async note({ tenant, seq, hash }: ChainState, broken: string | null): Promise<string | null> {
    await this.ledgers.note(tenant, { seq, hash, broken });
    return broken;
  }
}
