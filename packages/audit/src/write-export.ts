import { canonical } from './canonical.js';
import type { Manifest } from './manifest.js';
import type { SealedRecord } from './record.js';
import type { Sealer } from './sealer.js';
import { manifestLine, recordLine } from './wire.js';

/**
 * The lines of an export (NDJSON), each with its newline: the signed manifest, then the records in the order
 * given, which must be ascending `seq`. Records are written as they were sealed; nothing is signed anew but
 * the manifest, whose tenant must be the sealer's. Memory: one record.
 */
export async function* writeExport(
  manifest: Manifest,
  records: AsyncIterable<SealedRecord> | Iterable<SealedRecord>,
  sealer: Sealer,
): AsyncGenerator<string, void, undefined> {
  if (manifest.tenant !== sealer.tenant)
    throw new RangeError("The manifest is another tenant's than the sealer");
  const text = canonical(manifest);
  yield manifestLine({ manifest: text, hmac: sealer.sign(text), key: sealer.keyId });
  for await (const record of records) yield recordLine(record);
}
