import { RECORD_KINDS } from '@reeve/audit';
import { EFFECTS } from '@reeve/policy';
import { z } from 'zod';
import { Instant } from '../infra/instant.js';
import { Position } from './ledger-position.js';

/** One value or several: `?kind=change&kind=outcome`. */
const some = <T extends z.ZodType>(of: T) =>
  z
    .union([of, z.array(of).min(1).max(50)])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .optional();
const Text = z.string().min(1).max(256);

/**
 * The query that an export is asked with. Without kind, action, target, effect, reason, actorId and text it is a whole
 * range.
 */
export const ExportQuery = z
  .strictObject({
    tenant: z.string().min(1).max(64),
    format: z.enum(['ndjson', 'csv']).default('ndjson'),
    /** CSV: 1 puts a byte order mark first, by which Excel knows UTF-8. */
    bom: z
      .enum(['0', '1'])
      .default('0')
      .transform((value) => value === '1'),
    /** The reason; it stands in the record of the export. */
    reason: z.string().default('Exported the audit log'),
    from: Instant.optional(),
    to: Instant.optional(),
    fromSeq: Position.optional(),
    toSeq: Position.optional(),
    kind: some(z.enum(RECORD_KINDS)),
    action: some(Text),
    target: some(Text),
    effect: some(z.enum(EFFECTS)),
    reasonCode: some(Text),
    actorId: Text.optional(),
    /** A pseudonym, so that no name gets into the record of the export. */
    subject: z.uuid().optional(),
    text: Text.optional(),
  })
  .meta({ id: 'AuditExport' });
export type ExportQuery = z.infer<typeof ExportQuery>;
