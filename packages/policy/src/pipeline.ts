/**
 * The decision. A request goes through the stages in this order, and the first objection is the answer; a request that
 * no stage objects to is allowed. This list is the product: to understand Reeve, read it.
 *
 * Promises: pure (what is not in the request or the facts has no influence); total (a stage that throws has said no);
 * bounded (all stages pay out of one meter); nothing is spent unless the answer is allow.
 */
import { newMeter, type Meter } from './expressions/meter.js';
import { deny } from './finding.js';
import { assistant } from './stages/assistant.js';
import { identity } from './stages/identity.js';
import { killSwitch } from './stages/kill-switch.js';
import { permission } from './stages/permission.js';
import { quota } from './stages/quota.js';
import { toolArguments } from './stages/arguments.js';
import type { Facts, Stage } from './stage.js';
import type { Decision, EvaluationRequest, Finding, Mode, Spend, TrailEntry } from './vocabulary.js';

export const PIPELINE: readonly Stage[] = [
  identity, //      May this caller speak for the assistant, and does the tenant know the subject?
  killSwitch, //    Has someone pulled the plug?
  assistant, //     Is the assistant switched on, and the tool on its allow-list?
  toolArguments, // Is this a tool we know, and do the arguments fit its JSON Schema?
  permission, //    Do the matrix and the guardrails let them?
  quota, //         Is there allowance left?
];

export function decide(
  request: EvaluationRequest,
  facts: Facts,
  stages: readonly Stage[] = PIPELINE,
): Decision {
  const trail: TrailEntry[] = [];
  const meter = newMeter();
  let spends: readonly Spend[] = [];
  let mode: Mode = 'normal';
  for (const stage of stages) {
    const finding = answerOf(stage, request, facts, meter);
    trail.push(entryOf(stage, finding));
    mode = finding.mode ?? mode;
    if (finding.effect !== 'pass')
      return {
        effect: finding.effect,
        reason: finding.reason,
        detail: finding.detail ?? {},
        mode,
        trail,
        spends: [],
      };
    if (finding.spends !== undefined)
      spends = spends.length === 0 ? finding.spends : [...spends, ...finding.spends];
  }
  return { effect: 'allow', reason: 'allowed', detail: {}, mode, trail, spends };
}

function answerOf(stage: Stage, request: EvaluationRequest, facts: Facts, meter: Meter): Finding {
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
