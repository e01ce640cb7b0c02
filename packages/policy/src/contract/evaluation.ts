/**
 * The wire form of asking: OpenID AuthZEN Authorization API 1.0, sections "Access Evaluation API" and "Access
 * Evaluations API", and what Reeve reads inside its extension points. As that standard says, unknown members are
 * accepted; `ignoredMembers` names them, so that a misspelt `run_id` does not go unnoticed.
 */
import { z } from 'zod';
import { CHANNELS, EFFECTS, type EvaluationRequest, type Json, type JsonObject } from '../vocabulary.js';
import { KILL_MODES } from '../vocabulary.js';
import type { WireProblem } from './limits.js';
import { pointerStep } from '../json-pointer.js';

const Identifier = z.string().min(1).max(256);
const Reference = z.string().max(256);
const Properties = z.record(z.string(), z.unknown());

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

export const EvaluationsBody = z.looseObject({
  subject: Subject.optional(),
  action: Action.optional(),
  resource: Resource.optional(),
  context: Context.optional(),
  evaluations: z
    .array(
      z.looseObject({
        subject: Subject.optional(),
        action: Action.optional(),
        resource: Resource.optional(),
        context: Context.optional(),
      }),
    )
    .max(EVALUATIONS_MAX)
    .optional(),
  options: z.looseObject({ evaluations_semantic: z.enum(SEMANTICS).optional() }).optional(),
});
export type EvaluationsBody = z.infer<typeof EvaluationsBody>;

/** For a compiled validator: zod is too slow where every request passes. */
export const evaluationJsonSchema = () => z.toJSONSchema(EvaluationBody, { io: 'input' });
export const evaluationsJsonSchema = () => z.toJSONSchema(EvaluationsBody, { io: 'input' });

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
export const EvaluationsAnswer = z.object({ evaluations: z.array(EvaluationAnswer) });
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
    subject: { type: subject.type, id: subject.id, properties: json(subject.properties) },
    action: { name: action.name, properties: json(action.properties) },
    resource: { type: resource.type, id: resource.id, properties },
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

/** A body of several questions, its defaults filled in; or the members a question lacks. */
export type Boxcar =
  | {
      readonly ok: true;
      readonly bodies: readonly EvaluationBody[];
      readonly semantic: Semantic;
      readonly single: boolean;
    }
  | { readonly ok: false; readonly problems: readonly WireProblem[] };

/** Without `evaluations`, or with none in it, the body is one question (`single`) and is answered as one. */
export function unpack(body: EvaluationsBody): Boxcar {
  const { subject, action, resource, context, evaluations = [], options } = body;
  const single = evaluations.length === 0;
  const bodies = (single ? [{}] : evaluations).map((one) => {
    const merged: Record<string, unknown> = { subject, action, resource, context };
    for (const member of MEMBERS)
      if (Object.hasOwn(one, member)) merged[member] = (one as Record<string, unknown>)[member];
    return merged;
  });
  const problems = bodies.flatMap((one, i) =>
    REQUIRED.filter((member) => one[member] === undefined).map((member) => ({
      path: single ? `/${member}` : `/evaluations/${i}/${member}`,
      message: 'is required',
    })),
  );
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    bodies: bodies as EvaluationBody[],
    semantic: options?.evaluations_semantic ?? 'execute_all',
    single,
  };
}

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

/**
 * JSON Pointers of the members that mean nothing to Reeve: outside the standard, or in `context` and not read
 * (conditions may still read those). `properties` are the caller's own and are not looked into.
 */
export function ignoredMembers(body: unknown): string[] {
  return [
    ...unknownIn(body, '', [...MEMBERS, 'evaluations', 'options']),
    ...ignoredInQuestion(body, ''),
    ...unknownIn(member(body, 'options'), '/options', ['evaluations_semantic']),
    ...listOf(member(body, 'evaluations')).flatMap((one, i) => [
      ...unknownIn(one, `/evaluations/${i}`, MEMBERS),
      ...ignoredInQuestion(one, `/evaluations/${i}`),
    ]),
  ];
}

function ignoredInQuestion(question: unknown, at: string): string[] {
  const context = member(question, 'context');
  return [
    ...REQUIRED.flatMap((entity) => unknownIn(member(question, entity), `${at}/${entity}`, ENTITIES[entity])),
    ...unknownIn(context, `${at}/context`, CONTEXT),
  ];
}

function unknownIn(value: unknown, at: string, known: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => `${at}/${pointerStep(name)}`);
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : [];

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

export { LIMITS, type WireProblem } from './limits.js';
