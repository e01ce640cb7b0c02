/** The verifier with Node's digests: with keys it checks every signature, without them the chain alone. */
import type { Keyring, TenantKeys } from './keyring.js';
import { nodeDigests } from './node-digests.js';
import type { SealedRecord } from './record.js';
import type { Verdict } from './verdict.js';
import * as chain from './verify-chain.js';
import * as whole from './verify-export.js';

/**
 * Verifies an export's lines, each with its newline, as `readLines` and `writeExport` give them. Constant
 * memory. Never throws for what the lines say; an error of the stream itself passes through.
 */
export function verifyExport(lines: AsyncIterable<string>, keys?: Keyring | TenantKeys): Promise<Verdict> {
  return whole.verifyExport(lines, nodeDigests(keys));
}

/**
 * Checks records that must continue a tenant's chain after `from` (at first `startOfChain(tenant)`), and says
 * where to resume. It cannot know how long the ledger is: compare the last state with the ledger's head.
 */
export function verifyChain(
  from: chain.ChainState,
  records: Iterable<SealedRecord>,
  keys?: Keyring | TenantKeys,
): chain.ChainStep {
  return chain.verifyChain(from, records, nodeDigests(keys));
}
