/** A call that no evaluation stands behind, as one reads it. */

/** The audit log's filter for exactly these. */
export const UNGOVERNED: { readonly kind: ['outcome']; readonly reason: [string] } = {
  kind: ['outcome'],
  reason: ['ungoverned_call'],
};

export const isUngoverned = ({
  kind,
  reason,
}: {
  readonly kind: string;
  readonly reason?: string | null | undefined;
}): boolean => kind === UNGOVERNED.kind[0] && reason === UNGOVERNED.reason[0];

/** `cause` as the record has it; undefined for whoever may not read that. */
export function ungovernedWords(tool: string, cause: string | undefined): string {
  if (cause === 'not_asked') return `Ran without a question: tool ${tool}`;
  if (cause === 'no_answer') return `Ran without an answer: tool ${tool}`;
  return `Ran without a decision: tool ${tool}`;
}
