/** Why a call was or was not allowed: what was asked, what each stage found, what came of it. */
import { Injectable, Logger } from '@nestjs/common';
import type { Effect } from '@reeve/policy';
import { z } from 'zod';
import { ActorNames, type NameOf } from '../auth/actor-names.service.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { keyOf, pageOf, pageSize } from '../infra/page.js';
import { valid } from '../infra/valid.js';
import { evidenceContext } from '../ledger/records.js';
import { SubjectKeys } from '../ledger/subject-keys.js';
import { decrypt } from '../ledger/vault.js';
import type {
  Evaluation,
  EvaluationConnection,
  EvaluationFilter,
  Outcome,
  TrailEntry,
} from './evaluation.model.js';
import { EvaluationsReadModel, type EvaluationRow } from './evaluations.read-model.js';

/** The members of a signed evaluation that are shown. */
interface Payload {
  readonly actor: {
    readonly subject: { readonly type: string };
    readonly channel: string;
    readonly thread_id: string | null;
  };
  readonly seen: { readonly trace_id: string | null; readonly span_id: string | null };
  readonly decided: {
    readonly mode: string;
    readonly policy_revision: number;
    readonly detail: unknown;
    readonly trail: TrailEntry[];
  };
}
interface OutcomePayload {
  readonly executed: { readonly status: string; readonly arguments_match: boolean | null };
}

@Injectable()
export class RecordedEvaluations {
  private readonly log = new Logger(RecordedEvaluations.name);

  constructor(
    private readonly readModel: EvaluationsReadModel,
    private readonly subjectKeys: SubjectKeys,
    private readonly names: ActorNames,
  ) {}

  async page(
    tenant: TenantScope,
    filter: EvaluationFilter,
    first: number,
    after: string | null,
    wantsArguments: boolean,
  ): Promise<EvaluationConnection> {
    const size = pageSize(first);
    const before = after === null ? undefined : valid(Position, keyOf(after, 1)[0], 'after');
    const withEvidence = wantsArguments && mayRead(tenant);
    const { rows, totalCount } = await this.readModel.page(tenant.id, filter, size, before, withEvidence);
    const { nodes, ...page } = pageOf(rows, size, ({ seq }) => [seq]);
    const nameOf = await this.names.of(
      [tenant.id],
      nodes.map((row) => row.actorId),
    );
    return { nodes: nodes.map((row) => this.shown(tenant, row, nameOf)), ...page, totalCount };
  }

  async get(tenant: TenantScope, id: string): Promise<Evaluation> {
    const row = await this.readModel.find(tenant.id, valid(z.uuid(), id, 'id'));
    if (row === null) throw new DomainError('not_found', 'There is no such evaluation.', { path: 'id' });
    return this.shown(tenant, row, await this.names.of([tenant.id], [row.actorId]));
  }

  private shown(tenant: TenantScope, row: EvaluationRow, nameOf: NameOf): Evaluation {
    const { actor, seen, decided } = JSON.parse(row.payload) as Payload;
    const { id, seq, at, reason, action, tool, assistant, runId, subjectRef, subjectId } = row;
    return {
      id,
      seq,
      at,
      reason,
      action,
      tool,
      assistant,
      runId,
      subjectRef,
      subjectId,
      effect: row.effect as Effect,
      channel: actor.channel,
      threadId: actor.thread_id,
      traceId: seen.trace_id,
      spanId: seen.span_id,
      subjectType: actor.subject.type,
      mode: decided.mode,
      policyRevision: decided.policy_revision,
      detail: decided.detail,
      trail: decided.trail,
      caller: nameOf(row.actorId),
      arguments: mayRead(tenant) ? this.argumentsOf(tenant.id, row) : null,
      outcome: outcomeOf(row),
    };
  }

  private argumentsOf(tenantId: string, { subjectRef, wrappedKey, ciphertext, seq }: EvaluationRow): unknown {
    if (wrappedKey === null || ciphertext === null) return null;
    try {
      const { key } = this.subjectKeys.open(subjectRef, wrappedKey);
      const evidence = decrypt(key, ciphertext, evidenceContext(tenantId, Number(seq))).toString();
      return (JSON.parse(evidence) as { arguments: unknown }).arguments;
    } catch (error) {
      // One damaged row must not hide the page it is on.
      this.log.error(`the evidence of record ${seq} of tenant ${tenantId} does not open`, String(error));
      return null;
    }
  }
}

const Position = z
  .string()
  .regex(/^\d{1,18}$/, 'this is no cursor of ours')
  .transform((text) => BigInt(text));

const mayRead = ({ ability }: TenantScope): boolean => ability.can('read', 'Evidence');

function outcomeOf(row: EvaluationRow): Outcome | null {
  if (row.outcomePayload === null) return null;
  const { executed } = JSON.parse(row.outcomePayload) as OutcomePayload;
  return {
    id: row.outcomeId!,
    seq: row.outcomeSeq!,
    at: row.outcomeAt!,
    evaluationId: row.id,
    status: executed.status,
    argumentsMatch: executed.arguments_match,
    detail: executed,
  };
}
