/** What came of an evaluation as a ledger entry, compared with what had been authorised. */
import { commit } from '@reeve/audit';
import { UNKNOWN_NAME, type OutcomeReport } from '@reeve/policy';
import type { EvaluationEvidence } from './evaluation-entry.js';
import type { Accounted } from './work.js';
import type { AgentCaller } from '../auth/agent-caller.js';
import { DomainError } from '../infra/errors.js';
import { freshBytes } from '../ledger/fresh-bytes.js';
import { evidenceContext, type Entry } from '../ledger/records.js';
import type { SubjectKey } from '../ledger/subject-keys.js';
import { decrypt, encrypt } from '../ledger/vault.js';

/** The evaluation an outcome is about, as the batch found it. */
export interface Authorised {
  readonly id: string;
  readonly seq: number;
  /** The evaluation record's signed string. */
  readonly payload: string;
  /** null once the subject was erased. */
  readonly subject: SubjectKey | null;
  readonly ciphertext: Buffer | null;
  /** What the evaluation is found by while its subject is not erased. */
  readonly runId: string | null;
  readonly target: string | null;
  /** The signed string of the outcome that was already reported. */
  readonly outcome: string | null;
}

/** The signed members that comparing needs. */
interface EvaluationPayload {
  readonly tenant: string;
  readonly actor: {
    readonly caller: { readonly id: string };
    readonly subject: { readonly ref: string };
    readonly assistant: string | null;
  };
  readonly seen: { readonly resource: { readonly id: string | null }; readonly arguments: string };
  readonly decided: { readonly effect: string };
}
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
export function mayAccount(caller: AgentCaller, { payload }: Authorised): boolean {
  const { actor } = JSON.parse(payload) as EvaluationPayload;
  return (
    actor.caller.id === caller.keyId ||
    (actor.assistant !== null && caller.assistants.includes(actor.assistant))
  );
}

/** That somebody else tried to say it. What they said is not kept. */
export function refusedEntry(id: string, caller: AgentCaller, authorised: Authorised): Entry {
  const { actor, seen } = JSON.parse(authorised.payload) as EvaluationPayload;
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
 * `entry` is null when exactly this report stands already: reporting twice is harmless. A different second report is a
 * `conflict`: what happened does not change.
 */
export function outcomeEntry(
  id: string,
  caller: AgentCaller,
  report: OutcomeReport,
  authorised: Authorised,
): { entry: Entry | null; answer: Accounted } {
  const evaluation = JSON.parse(authorised.payload) as EvaluationPayload;
  const salt = evaluationSalt(authorised, evaluation.tenant) ?? freshBytes(16).toString('hex');
  const reported = commit(salt, report);

  if (authorised.outcome !== null) {
    const { id: outcomeId, executed } = JSON.parse(authorised.outcome) as OutcomePayload;
    if (executed.report !== reported)
      throw new DomainError('conflict', 'another outcome of this evaluation was already reported', {
        path: '/evaluation_id',
      });
    return {
      entry: null,
      answer: { outcomeId, argumentsMatch: executed.arguments_match, ungoverned: executed.ungoverned },
    };
  }

  const argumentsMatch =
    report.arguments === undefined || authorised.subject === null
      ? null
      : commit(salt, report.arguments) === evaluation.seen.arguments;
  const ungoverned = report.status !== 'not_executed' && evaluation.decided.effect !== 'allow';
  const { subject } = authorised;
  const { actor, seen } = evaluation;
  const entry: Entry = {
    id,
    kind: 'outcome',
    body: {
      actor: { caller: { type: 'api_key', id: caller.keyId } },
      evaluation: { id: authorised.id, seq: authorised.seq },
      executed: {
        status: report.status,
        report: reported,
        arguments_match: argumentsMatch,
        ungoverned,
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
      ...(ungoverned
        ? { reason: 'ungoverned_call' }
        : argumentsMatch === false
          ? { reason: 'argument_drift' }
          : {}),
      assistant: actor.assistant,
      subjectRef: actor.subject.ref,
      evaluationId: authorised.id,
    },
    ...(subject === null
      ? {}
      : {
          evidence: {
            subjectRef: subject.ref,
            runId: authorised.runId,
            target: authorised.target,
            seal: (place: string) =>
              encrypt(subject.key, Buffer.from(JSON.stringify({ salt, report })), place),
          },
        }),
  };
  return { entry, answer: { outcomeId: id, argumentsMatch, ungoverned } };
}

function evaluationSalt({ subject, ciphertext, seq }: Authorised, tenantId: string): string | null {
  if (subject === null || ciphertext === null) return null;
  const evidence = JSON.parse(
    decrypt(subject.key, ciphertext, evidenceContext(tenantId, seq)).toString(),
  ) as EvaluationEvidence;
  return evidence.salt;
}
