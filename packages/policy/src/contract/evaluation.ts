/**
 * The wire form of asking: OpenID AuthZEN Authorization API 1.0, sections "Access Evaluation API" and "Access
 * Evaluations API", and what Reeve reads inside its extension points. As that standard says, unknown members are
 * accepted; `ignoredMembers` names them, so that a misspelt `run_id` does not go unnoticed.
 */
import { z } from 'zod';
import { CHANNELS, EFFECTS, type EvaluationRequest, type Json, type JsonObject } from '../vocabulary.js';
import { KILL_MODES } from '../vocabulary.js';
import { pointerStep } from '../json-pointer.js';

const Identifier = z.string().min(1).max(256);
const Reference = z.string().max(256);
export const Properties = z.record(z.string(), z.unknown());

export const Subject = z.looseObject({ type: Identifier, id: Identifier, properties: Properties.optional() });
export const Action = z.looseObject({ name: Identifier, properties: Properties.optional() });
export const Resource = z.looseObject({
  type: Identifier,
  id: Identifier,
  /** `arguments`: those of a tool call. */
  properties: Properties.optional(),
});

/** Something that the run has read before it asks. */
export const Input = z.looseObject({
  source: Reference,
  trust: z.enum(['trusted', 'untrusted']).optional(),
  digest: Reference.optional(),
});

export const Context = z.looseObject({
  /** The assistant that asks; may be left out by a key that speaks for one only. */
  agent: Identifier.optional(),
  run_id: Reference.optional(),
  thread_id: Reference.optional(),
  channel: z.enum(CHANNELS).optional(),
  inputs: z.array(Input).max(256).optional(),
  trace_id: Reference.optional(),
  span_id: Reference.optional(),
  idempotency_key: Reference.optional(),
  approval: z.looseObject({ id: Reference }).optional(),
});

export const EvaluationBody = z.looseObject({
  subject: Subject,
  action: Action,
  resource: Resource,
  context: Context.optional(),
});
export type EvaluationBody = z.infer<typeof EvaluationBody>;

export const SEMANTICS = ['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'] as const;
export type Semantic = (typeof SEMANTICS)[number];

/** At most so many questions in one body. */
export const EVALUATIONS_MAX = 256;

/** True when a batch ends with this answer: what comes after it is neither decided nor answered. */
export const endsBatch = (semantic: Semantic, decision: boolean): boolean =>
  semantic === (decision ? 'permit_on_first_permit' : 'deny_on_first_deny');

const Defaults = {
  subject: Subject.optional(),
  action: Action.optional(),
  resource: Resource.optional(),
  context: Context.optional(),
};

/** As it should be sent. */
export const EvaluationsBody = z.looseObject({
  ...Defaults,
  evaluations: z.array(z.looseObject(Defaults)).max(EVALUATIONS_MAX).optional(),
  options: z.looseObject({ evaluations_semantic: z.enum(SEMANTICS).optional() }).optional(),
});
export type EvaluationsBody = z.infer<typeof EvaluationsBody>;

/** The part that has to be right for any of the questions to be answered; each question is an affair of its own. */
export const EvaluationsEnvelope = EvaluationsBody.extend({
  evaluations: z.array(z.unknown()).max(EVALUATIONS_MAX).optional(),
});
export type EvaluationsEnvelope = z.infer<typeof EvaluationsEnvelope>;

/** For a compiled validator: zod is too slow where every request passes. */
export const evaluationJsonSchema = () => z.toJSONSchema(EvaluationBody, { io: 'input' });
export const evaluationsJsonSchema = () => z.toJSONSchema(EvaluationsBody, { io: 'input' });
export const envelopeJsonSchema = () => z.toJSONSchema(EvaluationsEnvelope, { io: 'input' });

/** The answer to one question. `decision` is true for `allow` and for nothing else. */
export const EvaluationAnswer = z.object({
  decision: z.boolean(),
  context: z.object({
    evaluation_id: z.uuid(),
    effect: z.enum(EFFECTS),
    reason: z.string(),
    reason_user: z.string(),
    reason_admin: z.string(),
    detail: z.record(z.string(), z.json()).optional(),
    /** Acts that the enforcement point owes because of the decision. */
    obligations: z.array(z.json()),
    policy_revision: z.int(),
    mode: z.enum(['normal', ...KILL_MODES]),
    /** JSON Pointers of request members that mean nothing to Reeve. */
    ignored: z.array(z.string()).optional(),
  }),
});
export type EvaluationAnswer = z.infer<typeof EvaluationAnswer>;

/** The answer to one of several questions that could not be read: a no. Nothing was decided, so nothing is recorded. */
export const RefusedAnswer = z.object({
  decision: z.literal(false),
  context: z.object({
    effect: z.literal('deny'),
    reason: z.literal('bad_request'),
    reason_user: z.string(),
    reason_admin: z.string(),
    obligations: z.array(z.json()),
    error: z.object({
      status: z.literal(400),
      message: z.string(),
      /** JSON Pointers into the body, the first hundred. */
      errors: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
  }),
});
export type RefusedAnswer = z.infer<typeof RefusedAnswer>;

/** In the order of the questions, and no longer than `options.evaluations_semantic` lets it be. */
export const EvaluationsAnswer = z.object({
  evaluations: z.array(z.union([EvaluationAnswer, RefusedAnswer])),
});
export type EvaluationsAnswer = z.infer<typeof EvaluationsAnswer>;

/** The one who asks, as the credential says. */
export interface Speaker {
  /** The assistants the key may speak for; empty: any of the tenant. */
  readonly keyAssistants: readonly string[];
}

/** A validated body as the decision sees it. */
export function toRequest(body: EvaluationBody, { keyAssistants }: Speaker): EvaluationRequest {
  const { subject, action, resource, context = {} } = body;
  const properties = json(resource.properties);
  return {
    // Members in canonical order: each of these is written as canonical JSON once.
    subject: { id: subject.id, properties: json(subject.properties), type: subject.type },
    action: { name: action.name, properties: json(action.properties) },
    resource: { id: resource.id, properties, type: resource.type },
    arguments: Object.hasOwn(properties, 'arguments') ? (properties['arguments'] as Json) : {},
    assistant: context.agent ?? (keyAssistants.length === 1 ? (keyAssistants[0] ?? null) : null),
    // Nobody is assumed to be watching unless the caller says so.
    channel: context.channel ?? 'background',
    runId: context.run_id ?? null,
    threadId: context.thread_id ?? null,
    context: json(context),
  };
}

const json = (value: unknown): JsonObject => (value ?? {}) as JsonObject;

/** A body of several questions, its defaults filled in. */
export interface Boxcar {
  /** The questions as they would be sent alone, right or wrong. */
  readonly questions: readonly unknown[];
  readonly semantic: Semantic;
}

/** null: without `evaluations`, or with none in it, the body is one question and is answered as one. */
export function unpack(body: EvaluationsEnvelope): Boxcar | null {
  const { evaluations = [], options } = body;
  if (evaluations.length === 0) return null;
  const defaults = pick(body);
  return {
    questions: evaluations.map((one) => (isObject(one) ? { ...defaults, ...pick(one) } : one)),
    semantic: options?.evaluations_semantic ?? 'execute_all',
  };
}

/** The members that a question says replace a default whole, as the standard has it: nothing is merged inside an entity. */
const pick = (from: object): Record<string, unknown> =>
  Object.fromEntries(
    MEMBERS.filter((name) => Object.hasOwn(from, name)).map((name) => [name, member(from, name)]),
  );

const REQUIRED = ['subject', 'action', 'resource'] as const;
const MEMBERS = [...REQUIRED, 'context'] as const;

/**
 * Members of `context` that are read: by a stage, or for finding the record and the run it belongs to. The rest is kept
 * for conditions and for stages to come (`idempotency_key`, `approval`, `inputs`); until one reads it, whoever sends it
 * is told that nothing rests on it.
 */
const CONTEXT = ['agent', 'channel', 'run_id', 'thread_id', 'trace_id', 'span_id'] as const;
const ENTITIES = {
  subject: ['type', 'id', 'properties'],
  action: ['name', 'properties'],
  resource: ['type', 'id', 'properties'],
} as const;

/** At most so many are named: what is said again in each of many answers has to be short. */
export const IGNORED_MAX = 32;

/**
 * JSON Pointers of the members that mean nothing to Reeve: outside the standard, or in `context` and not read
 * (conditions may still read those). `properties` are the caller's own and are not looked into.
 */
export const ignoredMembers = (body: unknown): string[] =>
  [
    ...unknownIn(body, '', [...MEMBERS, 'evaluations', 'options']),
    ...ignoredInQuestion(body, ''),
    ...unknownIn(member(body, 'options'), '/options', ['evaluations_semantic']),
  ].slice(0, IGNORED_MAX);

/** The ignored members of one of several questions: `shared` is what the body around it holds. */
export const ignoredInItem = (item: unknown, i: number, shared: readonly string[]): string[] =>
  [
    ...shared,
    ...unknownIn(item, `/evaluations/${i}`, MEMBERS),
    ...ignoredInQuestion(item, `/evaluations/${i}`),
  ].slice(0, IGNORED_MAX);

function ignoredInQuestion(question: unknown, at: string): string[] {
  const context = member(question, 'context');
  return [
    ...REQUIRED.flatMap((entity) => unknownIn(member(question, entity), `${at}/${entity}`, ENTITIES[entity])),
    ...unknownIn(context, `${at}/context`, CONTEXT),
  ];
}

function unknownIn(value: unknown, at: string, known: readonly string[]): string[] {
  if (!isObject(value)) return [];
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => `${at}/${pointerStep(name)}`);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function member(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

export { LIMITS, type WireProblem } from './limits.js';
