/** The wire form of accounting: what came of an evaluation. Reeve's own route, so an unknown member is an error. */
import { z } from 'zod';

export const OUTCOME_STATUSES = ['succeeded', 'failed', 'not_executed'] as const;

const Instant = z.iso.datetime({ offset: true });
const Reference = z.string().min(1).max(256);
/** As the question would have said it. */
const Name = z.string().min(1).max(256);

/** Members that are told of anything that ran. */
const Happened = {
  /** The arguments that were executed; compared with those that were authorised. */
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
};

export const OutcomeReport = z.strictObject({
  evaluation_id: z.uuid(),
  status: z.enum(OUTCOME_STATUSES),
  ...Happened,
});
export type OutcomeReport = z.infer<typeof OutcomeReport>;

/** `not_asked`: it ran without a question; `no_answer`: Reeve could not be asked, and reads were let through. */
export const UNGOVERNED_CAUSES = ['not_asked', 'no_answer'] as const;

/** A call that ran although no evaluation stands behind it. */
export const UngovernedReport = z.strictObject({
  /** The reporter's: the same report twice is one record. */
  report_id: z.uuid(),
  cause: z.enum(UNGOVERNED_CAUSES),
  status: z.enum(['succeeded', 'failed']),
  subject: z.strictObject({ type: Name, id: Name }),
  tool: Name,
  /** The assistant that acted; may be left out by a key that speaks for one only. */
  agent: Name.optional(),
  run_id: z.string().max(256).optional(),
  thread_id: z.string().max(256).optional(),
  ...Happened,
});
export type UngovernedReport = z.infer<typeof UngovernedReport>;

export const ungovernedJsonSchema = () => z.toJSONSchema(UngovernedReport, { io: 'input' });
export const outcomeJsonSchema = () => z.toJSONSchema(OutcomeReport, { io: 'input' });
