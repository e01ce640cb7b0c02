/** AuthZEN bodies in, AuthZEN answers out. Validators are compiled: zod is too slow where every request passes. */
import {
  envelopeJsonSchema,
  evaluationJsonSchema,
  explain,
  ignoredInItem,
  ignoredMembers,
  toRequest,
  unpack,
  type EvaluationAnswer,
  type EvaluationBody,
  type EvaluationRequest,
  type EvaluationsEnvelope,
  type RefusedAnswer,
  type Semantic,
} from '@reeve/policy';
import { ajv, check, problemsOf, sentenceOf } from '../infra/checked-body.js';
import type { InputProblem } from '../infra/errors.js';
import type { Evaluated } from './work.js';
import type { AgentCaller } from '../auth/agent-caller.js';

export interface Question {
  readonly request: EvaluationRequest;
  /** JSON Pointers of members that mean nothing to Reeve. */
  readonly ignored: readonly string[];
}

const isEvaluation = ajv.compile<EvaluationBody>(evaluationJsonSchema());
const isEnvelope = ajv.compile<EvaluationsEnvelope>(envelopeJsonSchema());

/** Throws `bad_request` with a JSON Pointer for each thing that is wrong. */
export function readEvaluation(caller: AgentCaller, body: unknown): Question {
  const checked = check(isEvaluation, body);
  return { request: toRequest(checked, { keyAssistants: caller.assistants }), ignored: ignoredMembers(body) };
}

/** One of several questions: what it asks, or what is wrong with it. */
export type Item = Question | { readonly problems: readonly InputProblem[] };

/**
 * The questions of a body, each by itself; null: the body is a single one. Throws `bad_request` for what is wrong with all of
 * them: the envelope, a default.
 */
export function readEvaluations(
  caller: AgentCaller,
  body: unknown,
): { readonly items: readonly Item[]; readonly semantic: Semantic } | null {
  const envelope = check(isEnvelope, body);
  const boxcar = unpack(envelope);
  if (boxcar === null) return null;
  const shared = ignoredMembers(body);
  const items = boxcar.questions.map((question, i): Item => {
    if (!isEvaluation(question)) return { problems: problemsOf(isEvaluation, `/evaluations/${i}`) };
    const request = toRequest(question, { keyAssistants: caller.assistants });
    return { request, ignored: ignoredInItem(envelope.evaluations![i], i, shared) };
  });
  return { items, semantic: boxcar.semantic };
}

export function answerOf(evaluated: Evaluated, ignored: readonly string[]): EvaluationAnswer {
  const { id, decision, policyRevision } = evaluated;
  const { user, admin } = explain(decision);
  return {
    decision: decision.effect === 'allow',
    context: {
      evaluation_id: id,
      effect: decision.effect,
      reason: decision.reason,
      reason_user: user,
      reason_admin: admin,
      ...(Object.keys(decision.detail).length > 0
        ? { detail: decision.detail as EvaluationAnswer['context']['detail'] }
        : {}),
      obligations: [],
      policy_revision: policyRevision,
      mode: decision.mode,
      ...(ignored.length > 0 ? { ignored: [...ignored] } : {}),
    },
  };
}

export function refusalOf(problems: readonly InputProblem[]): RefusedAnswer {
  const message = sentenceOf(problems);
  return {
    decision: false,
    context: {
      effect: 'deny',
      reason: 'bad_request',
      reason_user: 'This could not be understood, so it was not done.',
      reason_admin: `The question is malformed: ${message}.`,
      obligations: [],
      error: { status: 400, message, errors: [...problems] },
    },
  };
}
