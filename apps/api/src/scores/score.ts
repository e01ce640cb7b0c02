/** What somebody thought of an answer: a person, a judge, a business. Which way is good, a name alone does not say. */
export const SCORE_SOURCES = ['langfuse', 'feedback'] as const;
export type ScoreSource = (typeof SCORE_SOURCES)[number];

export interface NewScore {
  readonly source: ScoreSource;
  /** Its id there: what is said again with the same one is said instead. */
  readonly externalId: string;
  readonly name: string;
  /** null: none was given. It is not 0. */
  readonly value: number | null;
  /** A category, or what was written instead of a number. */
  readonly text: string | null;
  readonly comment: string | null;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly thread: string | null;
  readonly at: Date;
  /** Of two with one id the later one counts, whichever came first. */
  readonly updatedAt: Date;
}
