/** What came of an evaluation as a ledger entry, with what its account says. */
import { commit } from '@reeve/audit';
import { UNKNOWN_NAME, type Account, type OutcomeReport } from '@reeve/policy';
import type { AgentCaller } from '../auth/agent-caller.js';
import { DomainError } from '../infra/errors.js';
import type { Entry } from '../ledger/records.js';
import { encrypt } from '../ledger/vault.js';
import type { Authorised, EvaluationPayload } from './recorded-evaluation.js';
import type { Accounted } from './work.js';

interface OutcomePayload {
  readonly id: string;
  readonly executed: {
    readonly report: string;
    readonly arguments_match: boolean | null;
    readonly ungoverned: boolean;
  };
}

/**
 * Whether this caller may say what came of the evaluation: the key that asked, or another one that speaks for the very
 * assistant. A key that may speak for any assistant asked for none in particular, so it reports what it asked itself.
 */
export const mayAccount = (caller: AgentCaller, { actor }: EvaluationPayload): boolean =>
  actor.caller.id === caller.keyId ||
  (actor.assistant !== null && caller.assistants.includes(actor.assistant));

/** That somebody else tried to say it. What they said is not kept. */
export function refusedEntry(
  id: string,
  caller: AgentCaller,
  authorised: Authorised,
  { actor, seen }: EvaluationPayload,
): Entry {
  const reason = 'not_its_caller';
  return {
    id,
    kind: 'outcome',
    body: {
      actor: { caller: { type: 'api_key', id: caller.keyId } },
      evaluation: { id: authorised.id, seq: authorised.seq },
      refused: { reason },
    },
    // Without `evaluationId`: it is no outcome of it.
    index: {
      action: 'refused',
      target: seen.resource.id ?? UNKNOWN_NAME,
      actorId: caller.keyId,
      reason,
      assistant: actor.assistant,
      subjectRef: actor.subject.ref,
    },
  };
}

/**
 * The answer when exactly this report stands already: reporting twice is harmless. A different second report is a
 * `conflict`: what happened does not change. null: nothing was reported yet.
 */
export function accountedBefore(
  { outcome }: Authorised,
  salt: string,
  report: OutcomeReport,
): Accounted | null {
  if (outcome === null) return null;
  const { id: outcomeId, executed } = JSON.parse(outcome) as OutcomePayload;
  if (executed.report !== commit(salt, report))
    throw new DomainError('conflict', 'another outcome of this evaluation was already reported', {
      path: '/evaluation_id',
    });
  return { outcomeId, argumentsMatch: executed.arguments_match, ungoverned: executed.ungoverned };
}

export interface Outcome {
  readonly id: string;
  readonly caller: AgentCaller;
  readonly report: OutcomeReport;
  readonly authorised: Authorised;
  readonly payload: EvaluationPayload;
  readonly salt: string;
  readonly account: Account;
}

export function outcomeEntry({ id, caller, report, authorised, payload, salt, account }: Outcome): Entry {
  const { actor, seen } = payload;
  const { subject, runId, target } = authorised;
  return {
    id,
    kind: 'outcome',
    body: {
      actor: { caller: { type: 'api_key', id: caller.keyId } },
      evaluation: { id: authorised.id, seq: authorised.seq },
      executed: {
        status: report.status,
        report: commit(salt, report),
        arguments_match: account.argumentsMatch,
        ungoverned: account.ungoverned,
        started_at: report.started_at ?? null,
        ended_at: report.ended_at ?? null,
        latency_ms: report.latency_ms ?? null,
        cost_usd: report.cost_usd ?? null,
      },
    },
    index: {
      action: report.status,
      target: seen.resource.id ?? UNKNOWN_NAME,
      actorId: caller.keyId,
      ...(account.finding !== null && { reason: account.finding }),
      assistant: actor.assistant,
      subjectRef: actor.subject.ref,
      evaluationId: authorised.id,
    },
    ...(subject !== null && {
      evidence: {
        subjectRef: subject.ref,
        runId,
        target,
        seal: (place: string) => encrypt(subject.key, Buffer.from(JSON.stringify({ salt, report })), place),
      },
    }),
  };
}
