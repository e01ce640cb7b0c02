/**
 * The proof: records that are sealed and chained, exports that carry them, and a verifier that needs nothing
 * but the file and, for signatures, the tenant's key. Imports nothing of the rest of Reeve.
 */
export * from './chain.js';
export { commit, commitText, opensCommitment } from './commitment.js';
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
export { EXPORT_FORMAT } from './manifest.js';
export { ENVELOPE_MEMBERS } from './record.js';
export { createSealer, type JustSealed, type RecordFields, type Sealer } from './sealer.js';
export { tenantKey } from './tenant-key.js';
export { verifyChain, verifyExport } from './verify.js'; // in place of the chain's: these hash by node:crypto
export { writeExport } from './write-export.js';
