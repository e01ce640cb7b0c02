/** What an agent gets for a question: a decision, or the reason why there is none, which is a no as well. */
import { couldNotAsk, type Failure } from './failure.js';
import { isRecord } from './json.js';
import type { AnswerContext, Json } from './wire.js';

export interface Allowed {
  readonly decision: true;
  readonly source: 'reeve';
  readonly evaluationId: string | null;
  readonly context: Partial<AnswerContext>;
}

/** Reeve said no. `message` is for the user, and for the model. */
export interface Denied {
  readonly decision: false;
  readonly source: 'reeve';
  readonly reason: string;
  readonly message: string;
  readonly evaluationId: string | null;
  readonly context: Partial<AnswerContext>;
}

/** Nobody said anything that could be understood. */
export interface NoAnswer {
  readonly decision: false;
  readonly source: 'sdk';
  readonly reason: Failure['reason'];
  readonly message: string;
  readonly failure: Failure;
}

/** Reeve could not be asked, and this process lets reads through meanwhile. The call is ungoverned. */
export interface Opened {
  readonly decision: true;
  readonly source: 'fail_open';
  readonly failure: Failure;
}

export type No = Denied | NoAnswer;
export type Yes = Allowed | Opened;
export type Answer = Yes | No;

export type ToolClass = 'read' | 'write' | 'dangerous' | 'human_only';
/** Closed, but for what is opened here; only reads can be. */
export interface FailMode {
  readonly read?: 'open' | 'closed' | undefined;
}

export const noAnswer = (failure: Failure): NoAnswer => ({
  decision: false,
  source: 'sdk',
  reason: failure.reason,
  message: 'This cannot be checked right now, so it was not done.',
  failure,
});

export const opens = (failure: Failure, toolClass: ToolClass | undefined, mode: FailMode): boolean =>
  toolClass === 'read' && mode.read === 'open' && couldNotAsk(failure);

/** An allow is `decision === true` and nothing else; whatever is not an answer is none. */
export function readAnswer(body: unknown): Allowed | Denied | NoAnswer {
  if (!isRecord(body) || !Object.hasOwn(body, 'decision') || typeof body['decision'] !== 'boolean')
    return noAnswer({ reason: 'unreadable_answer', message: 'the answer has no decision' });
  const context = contextOf(body['context']);
  const evaluationId = context.evaluation_id ?? null;
  if (body['decision']) return { decision: true, source: 'reeve', evaluationId, context };
  return {
    decision: false,
    source: 'reeve',
    reason: context.reason ?? 'denied',
    message: context.reason_user ?? 'This is not permitted.',
    evaluationId,
    context,
  };
}

const TEXTS = ['evaluation_id', 'effect', 'reason', 'reason_user', 'reason_admin', 'mode'] as const;

/** The members that are what they are said to be. */
function contextOf(value: unknown): Partial<AnswerContext> {
  if (!isRecord(value)) return {};
  const context: Record<string, unknown> = {};
  for (const name of TEXTS) if (typeof value[name] === 'string') context[name] = value[name];
  if (typeof value['policy_revision'] === 'number') context['policy_revision'] = value['policy_revision'];
  if (isRecord(value['detail'])) context['detail'] = value['detail'];
  if (Array.isArray(value['obligations'])) context['obligations'] = value['obligations'] as Json[];
  if (Array.isArray(value['ignored']))
    context['ignored'] = value['ignored'].filter((one) => typeof one === 'string');
  return context;
}
