/**
 * The proof: records that are sealed and chained, exports that carry them, and a verifier that needs nothing
 * but the file and, for signatures, the tenant's key. Imports nothing of the rest of Reeve.
 */
export { canonical, NotCanonicalError } from './canonical.js';
export { commit, commitText, opensCommitment } from './commitment.js';
export { describeVerdict } from './describe-verdict.js';
export {
  deriveTenantKeys,
  findKey,
  formatTenantKeys,
  KeyFileError,
  type Keyring,
  parseKeyFile,
  parseKeyring,
  parseTenantKeys,
  type TenantKeys,
} from './keyring.js';
export { EXPORT_FORMAT, type Manifest } from './manifest.js';
export { readLines } from './read-lines.js';
export {
  type Envelope,
  ENVELOPE_MEMBERS,
  GENESIS,
  RECORD_KINDS,
  type RecordKind,
  type SealedRecord,
} from './record.js';
export { createSealer, type RecordFields, type Sealer, sealRecord } from './sealer.js';
export { tenantKey } from './tenant-key.js';
export type {
  Broken,
  Fault,
  Flaw,
  Head,
  Incomplete,
  Level,
  Scope,
  UnknownKey,
  Verdict,
  Verified,
} from './verdict.js';
export { verifyChain, verifyExport } from './verify.js';
export { type ChainState, type ChainStep, startOfChain } from './verify-chain.js';
export { writeExport } from './write-export.js';
