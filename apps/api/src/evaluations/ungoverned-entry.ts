/**
 * What ran without an evaluation, as a ledger entry of kind outcome: told by an agent's own key, so it is a confession
 * and no accusation. It names nobody, as every record.
 */
import { createHmac } from 'node:crypto';
import { canonical, commit } from '@reeve/audit';
import { isNamed, UNKNOWN_NAME, type CompiledPolicy, type UngovernedReport } from '@reeve/policy';
import { v5 as uuidV5 } from 'uuid';
import type { AgentCaller } from '../auth/agent-caller.js';
import { DomainError } from '../infra/errors.js';
import type { Entry } from '../ledger/records.js';
import type { SubjectKey } from '../ledger/subject-keys.js';
import { encrypt } from '../ledger/vault.js';
import type { Accounted } from './work.js';

/** The record that stands already. */
export interface Told {
  readonly payload: string;
}

interface ToldPayload {
  readonly executed?: { readonly report?: string };
}

/** One record for each report of a key, whoever else uses the same id. */
export const recordIdOf = ({ keyId }: AgentCaller, { report_id }: UngovernedReport): string =>
  uuidV5(report_id.toLowerCase(), keyId);

/** `entry` is null when exactly this report stands already. A different one under its id is a `conflict`. */
export function ungovernedEntry(
  id: string,
  caller: AgentCaller,
  report: UngovernedReport,
  told: Told | null,
  subject: SubjectKey,
  policy: CompiledPolicy,
): { entry: Entry | null; answer: Accounted } {
  const answer: Accounted = { outcomeId: id, argumentsMatch: null, ungoverned: true };
  const agent = report.agent ?? (caller.assistants.length === 1 ? caller.assistants[0] : undefined);
  if (agent !== undefined && caller.assistants.length > 0 && !caller.assistants.includes(agent))
    throw new DomainError('forbidden', 'this key does not speak for that assistant', { path: '/agent' });

  // The subject's key makes it one that nobody can guess at, and the same each time the report is sent.
  const salt = createHmac('sha256', subject.key).update(`outcome/${id}`).digest('hex').slice(0, 32);
  const reported = commit(salt, report);
  if (told !== null) {
    if ((JSON.parse(told.payload) as ToldPayload).executed?.report === reported)
      return { entry: null, answer };
    throw new DomainError('conflict', 'another outcome was already reported under this id', {
      path: '/report_id',
    });
  }

  const named = (word: string | undefined) => (word !== undefined && isNamed(word, policy) ? word : null);
  const [assistant, target] = [named(agent), named(report.tool)];
  const entry: Entry = {
    id,
    kind: 'outcome',
    body: {
      actor: {
        assistant,
        caller: { id: caller.keyId, type: 'api_key' },
        subject: { ref: subject.ref },
      },
      evaluation: null,
      executed: {
        arguments_match: null,
        cause: report.cause,
        cost_usd: report.cost_usd ?? null,
        ended_at: report.ended_at ?? null,
        latency_ms: report.latency_ms ?? null,
        report: reported,
        started_at: report.started_at ?? null,
        status: report.status,
        ungoverned: true,
      },
      seen: { resource: { id: target, type: 'tool' } },
    },
    index: {
      action: report.status,
      target: target ?? UNKNOWN_NAME,
      actorId: caller.keyId,
      reason: 'ungoverned_call',
      assistant,
      subjectRef: subject.ref,
    },
    evidence: {
      subjectRef: subject.ref,
      runId: report.run_id ?? null,
      target: target === null ? report.tool : null,
      seal: (place) => encrypt(subject.key, Buffer.from(canonical({ report, salt })), place),
    },
  };
  return { entry, answer };
}
