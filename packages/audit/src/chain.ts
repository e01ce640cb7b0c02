/**
 * `@reeve/audit/chain`: the same verifier where there is no node:crypto and no key, as in a browser.
 * Bring SHA-256 as a function from text to hex; with @noble/hashes:
 *
 *     verifyExport(readLines(file.stream()), { sha256: (text) => bytesToHex(sha256(utf8ToBytes(text))) })
 */
export { canonical, NotCanonicalError } from './canonical.js';
export { describeFault, describeVerdict } from './describe-verdict.js';
export type { Digest, Digests } from './digests.js';
export type { Manifest } from './manifest.js';
export { readLines } from './read-lines.js';
export {
  type Envelope,
  GENESIS,
  PAYLOAD_BYTES_MAX,
  RECORD_KINDS,
  type RecordKind,
  type SealedRecord,
} from './record.js';
export type {
  Broken,
  Fault,
  Flaw,
  Head,
  Incomplete,
  Rest,
  Scope,
  Sound,
  UnknownKey,
  Verdict,
} from './verdict.js';
export { type ChainState, type ChainStep, startOfChain, verifyChain } from './verify-chain.js';
export { verifyExport } from './verify-export.js';
