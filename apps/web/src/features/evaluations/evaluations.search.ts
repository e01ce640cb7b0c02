/** The filters of the evaluations as the URL keeps them, and as the API takes them. */
import { EFFECTS } from '@reeve/policy';
import * as z from 'zod/mini';
import type { EvaluationFilter } from '../../shared/gql/generated/graphql.js';
import { lenient, many, one, text } from '../../shared/url/many.js';
import type { TimeRange } from '../../shared/url/time-range.js';

export const evaluationSearch = z.object({
  effect: many(z.enum(EFFECTS)),
  reason: many(z.string().check(z.regex(/^[a-z_]{1,64}$/))),
  tool: many(text()),
  assistant: many(text()),
  /** false: nothing came back of it. */
  reported: lenient(z.boolean()),
  run: one,
  subject: one,
  /** The evaluation that lies open beside the list. */
  peek: lenient(z.uuid()),
});
export type EvaluationSearch = z.infer<typeof evaluationSearch>;
export type EvaluationFilters = Omit<EvaluationSearch, 'peek'>;

/** A range that ends now has no end, so that what is asked next is in it. */
export function evaluationFilter(
  { effect, reason, tool, assistant, reported, run, subject }: EvaluationFilters,
  range: TimeRange,
): EvaluationFilter {
  return {
    ...(effect && { effect }),
    ...(reason && { reason }),
    ...(tool && { tool }),
    ...(assistant && { assistant }),
    ...(reported !== undefined && { reported }),
    ...(run && { runId: run }),
    ...(subject && { subject: subjectNamed(subject) }),
    from: range.from.toISOString(),
    ...(range.moving ? {} : { to: range.to.toISOString() }),
  };
}

export const isFiltered = ({ peek: _, ...filters }: EvaluationSearch): boolean =>
  (Object.keys(evaluationSearch.shape) as (keyof EvaluationSearch)[]).some(
    (name) => name !== 'peek' && filters[name] !== undefined,
  );

/** `type/id`; an id alone is a user's, as most are. */
const subjectNamed = (text: string): { type: string; id: string } => {
  const slash = text.indexOf('/');
  return slash < 1 ? { type: 'user', id: text } : { type: text.slice(0, slash), id: text.slice(slash + 1) };
};
