/** AuthZEN bodies in, AuthZEN answers out. Validators are compiled: zod is too slow where every request passes. */
import {
  evaluationJsonSchema,
  evaluationsJsonSchema,
  explain,
  ignoredMembers,
  toRequest,
  unpack,
  type EvaluationAnswer,
  type EvaluationBody,
  type EvaluationRequest,
  type EvaluationsBody,
  type Semantic,
} from '@reeve/policy';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { DomainError, type InputProblem } from '../infra/errors.js';
import type { Evaluated } from './work.js';
import type { AgentCaller } from '../auth/agent-caller.js';

export interface Question {
  readonly request: EvaluationRequest;
  /** JSON Pointers of members that mean nothing to Reeve. */
  readonly ignored: readonly string[];
}

const ajv = new Ajv2020({ allErrors: true, coerceTypes: false, removeAdditional: false, strict: false });
const isEvaluation = ajv.compile<EvaluationBody>(evaluationJsonSchema());
const isEvaluations = ajv.compile<EvaluationsBody>(evaluationsJsonSchema());

/** Throws `bad_request` with a JSON Pointer for each thing that is wrong. */
export function readEvaluation(caller: AgentCaller, body: unknown): Question {
  const checked = check(isEvaluation, body);
  return { request: toRequest(checked, { keyAssistants: caller.assistants }), ignored: ignoredMembers(body) };
}

/** null: the body is a single evaluation. */
export function readEvaluations(
  caller: AgentCaller,
  body: unknown,
): { readonly items: readonly Question[]; readonly semantic: Semantic } | null {
  const boxcar = unpack(check(isEvaluations, body));
  if (!boxcar.ok) throw malformed(boxcar.problems);
  if (boxcar.single) return null;
  const ignored = ignoredMembers(body);
  const shared = ignored.filter((path) => !path.startsWith('/evaluations/'));
  const items = boxcar.bodies.map((one, i) => ({
    request: toRequest(one, { keyAssistants: caller.assistants }),
    ignored: [...shared, ...ignored.filter((path) => path.startsWith(`/evaluations/${i}/`))],
  }));
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

function check<T>(valid: ValidateFunction<T>, body: unknown): T {
  if (!valid(body)) throw malformed(valid.errors!.slice(0, 100).map(problem));
  return body;
}

const problem = (error: ErrorObject): InputProblem =>
  error.keyword === 'required'
    ? { path: `${error.instancePath}/${error.params['missingProperty']}`, message: 'is required' }
    : { path: error.instancePath, message: error.message ?? 'is not valid' };

const malformed = (problems: readonly InputProblem[]): DomainError =>
  new DomainError('bad_request', `${problems[0]!.path || 'the body'} ${problems[0]!.message}`, { problems });
