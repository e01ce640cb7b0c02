/**
 * The decision. A request goes through the stages in this order, and the first objection is the answer; a request that
 * no stage objects to is allowed. This list is the product: to understand Reeve, read it.
 *
 * Promises: pure (what is not in the request or the facts has no influence); total (a stage that throws has said no);
 * bounded (all stages pay out of one meter); nothing is spent unless the answer is allow.
 */
import { newMeter, type Meter } from './expressions/meter.js';
import { deny, type Finding } from './finding.js';
import { assistant } from './stages/assistant.js';
import { identity } from './stages/identity.js';
import { killSwitch } from './stages/kill-switch.js';
import { permission } from './stages/permission.js';
import { quota } from './stages/quota.js';
import { withFacts } from './with-facts.js';
import { askedFor } from './stages/arguments.js';
import type { Facts, Stage } from './stage.js';
import { moved, type Move, type Moved } from './state/move.js';
import type { Decision, EvaluationRequest, Mode, TrailEntry } from './vocabulary.js';

export const PIPELINE: readonly Stage[] = [
  identity, //      May this caller speak for the assistant, and does the tenant know the subject?
  killSwitch, //    Has someone pulled the plug?
  assistant, //     Is the assistant switched on, and the tool or type on its allow-list?
  askedFor, //      Is this something we know, and do the arguments or properties fit its JSON Schema?
  permission, //    Do the matrix and the guardrails let them?
  quota, //         Is there allowance left?
];

/** A decision and the state that is no longer what it was because of it: who answers by the one has to keep the other. */
export interface Decided {
  readonly decision: Decision;
  readonly moved: readonly Moved[];
}

/** Decides, and moves the state. Throws what a move throws; then nothing was decided. */
export function decideAndMove(
  request: EvaluationRequest,
  facts: Facts,
  stages: readonly Stage[] = PIPELINE,
): Decided {
  const { decision, moves } = answerTo(request, facts, stages);
  return { decision, moved: moved(moves, facts, decision.effect === 'allow') };
}

/** What the decision would be, for a preview: nothing is spent by it. */
export const decide = (
  request: EvaluationRequest,
  facts: Facts,
  stages: readonly Stage[] = PIPELINE,
): Decision => answerTo(request, facts, stages).decision;

function answerTo(
  asked: EvaluationRequest,
  facts: Facts,
  stages: readonly Stage[],
): { decision: Decision; moves: readonly Move[] } {
  const request = withFacts(asked, facts);
  const trail: TrailEntry[] = [];
  const meter = newMeter();
  let moves: readonly Move[] = NONE;
  let mode: Mode = 'normal';
  for (const stage of stages) {
    const finding = findingOf(stage, request, facts, meter);
    trail.push(entryOf(stage, finding));
    mode = finding.mode ?? mode;
    if (finding.moves !== undefined)
      moves = moves.length === 0 ? finding.moves : [...moves, ...finding.moves];
    if (finding.effect !== 'pass') {
      const { effect, reason, detail = {} } = finding;
      return { decision: { effect, reason, detail, mode, trail }, moves };
    }
  }
  return { decision: { effect: 'allow', reason: 'allowed', detail: {}, mode, trail }, moves };
}

const NONE: readonly Move[] = [];

function findingOf(stage: Stage, request: EvaluationRequest, facts: Facts, meter: Meter): Finding {
  try {
    return stage.check(request, facts, meter);
  } catch (error) {
    // The message may quote what was asked; the kind of error does not.
    return deny('stage_error', { stage: stage.name, error: error instanceof Error ? error.name : 'unknown' });
  }
}

function entryOf({ name: stage }: Stage, finding: Finding): TrailEntry {
  const { effect, detail } = finding;
  if (effect !== 'pass') return { ...(detail && { detail }), effect, reason: finding.reason, stage };
  return detail === undefined ? { effect, stage } : { detail, effect, stage };
}
