/**
 * The account: what came of an evaluation, held against what was decided. The decision's twin, and as pure: (evaluation,
 * report, state) -> what matches, what drifted, which state moves.
 */
import { PIPELINE } from './pipeline.js';
import type { Facts, Report, Stage } from './stage.js';
import { moved, type Moved } from './state/move.js';
import type { Effect, EvaluationRequest, Json } from './vocabulary.js';

/** An evaluation as its record has it. */
export interface Recorded {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly decidedAt: number;
  readonly effect: Effect;
  /** The answer to: are these the very arguments it decided about? null: nobody can tell any more, its subject was erased. */
  readonly isAbout: ((args: Json) => boolean) | null;
  /** The question; null once its subject was erased. */
  readonly request: EvaluationRequest | null;
}

export interface Account {
  /** Executed arguments equal the authorised ones; null when they were not reported, or nobody can tell. */
  readonly argumentsMatch: boolean | null;
  /** Something ran that no evaluation had allowed. */
  readonly ungoverned: boolean;
  /** The worst that is wrong with it; null: nothing. */
  readonly finding: 'ungoverned_call' | 'argument_drift' | null;
  /** State that is no longer what it was. */
  readonly moved: readonly Moved[];
}

/** Throws what a move throws; then nothing was accounted. */
export function account(
  evaluation: Recorded,
  report: Report,
  facts: Pick<Facts, 'now' | 'policy' | 'state'>,
  stages: readonly Stage[] = PIPELINE,
): Account {
  const ran = report.status !== 'not_executed';
  const ungoverned = ran && evaluation.effect !== 'allow';
  const argumentsMatch =
    report.arguments === undefined ? null : (evaluation.isAbout?.(report.arguments) ?? null);
  return {
    argumentsMatch,
    ungoverned,
    finding: ungoverned ? 'ungoverned_call' : argumentsMatch === false ? 'argument_drift' : null,
    moved: movedBy(evaluation, report, facts, stages),
  };
}

function movedBy(
  { id, decidedAt, request, effect }: Recorded,
  report: Report,
  facts: Pick<Facts, 'now' | 'policy' | 'state'>,
  stages: readonly Stage[],
): readonly Moved[] {
  if (request === null) return [];
  const moves = stages.flatMap(
    (stage) => stage.account?.({ id, decidedAt, request, effect, report }, facts) ?? [],
  );
  return moved(moves, facts, effect === 'allow');
}
