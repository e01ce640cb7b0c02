/** Attachments stand beside a record as the record's digest says. */
import { createHash } from 'node:crypto';
import type { Attachment, PlacedRecord } from './integrity.repository.js';

/** The first record whose attachment is missing or another one, as a sentence; null when all fit. */
export function objectionToAttachments(
  records: readonly Pick<PlacedRecord, 'seq' | 'payload'>[],
  kept: readonly Attachment[],
): string | null {
  for (const { seq, payload } of records) {
    const { change } = JSON.parse(payload) as { change?: { whole?: Record<string, string> } };
    for (const [side, digest] of Object.entries(change?.whole ?? {})) {
      const content = kept.find((one) => one.seq === seq && one.side === side)?.content;
      if (content === undefined)
        return `Broken at #${seq}: what stood "${side}" the change is not kept beside it.`;
      if (createHash('sha256').update(content).digest('hex') !== digest)
        return `Broken at #${seq}: what is kept as "${side}" is not what the record's digest says.`;
    }
  }
  return null;
}
