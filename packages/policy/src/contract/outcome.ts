/** The wire form of accounting: what came of an evaluation. Reeve's own route, so an unknown member is an error. */
import { z } from 'zod';

export const OUTCOME_STATUSES = ['succeeded', 'failed', 'not_executed'] as const;

const Instant = z.iso.datetime({ offset: true });
const Reference = z.string().min(1).max(256);

export const OutcomeReport = z.strictObject({
  evaluation_id: z.uuid(),
  status: z.enum(OUTCOME_STATUSES),
  /** What was executed; compared with what was authorised. */
  arguments: z.json().optional(),
  result: z.json().optional(),
  result_digest: z.string().min(1).max(512).optional(),
  error: z.strictObject({ type: Reference, message: z.string().max(10_000).default('') }).optional(),
  started_at: Instant.optional(),
  ended_at: Instant.optional(),
  latency_ms: z.number().min(0).max(1e9).optional(),
  cost_usd: z.number().min(0).max(1e6).optional(),
  trace_id: Reference.optional(),
  span_id: Reference.optional(),
});
export type OutcomeReport = z.infer<typeof OutcomeReport>;

export const outcomeJsonSchema = () => z.toJSONSchema(OutcomeReport, { io: 'input' });
