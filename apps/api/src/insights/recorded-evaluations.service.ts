/** The reasons a call was or was not allowed: what was asked, what each stage found, what came of it. */
import { Injectable, Logger } from '@nestjs/common';
import type { Effect, OutcomeReport } from '@reeve/policy';
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
    readonly channel: string;
  };
  readonly decided: {
    readonly mode: string;
    readonly policy_revision: number;
    readonly detail: unknown;
    readonly trail: readonly TrailEntry[];
  };
}
interface OutcomePayload {
  readonly executed: { readonly status: string; readonly arguments_match: boolean | null };
}
/** The members of an evaluation's evidence that are shown. */
interface EvaluationEvidence {
  readonly arguments: unknown;
  readonly request: {
    readonly action: { readonly name: string };
    readonly context: Partial<Record<'agent' | 'thread_id' | 'trace_id' | 'span_id', string>>;
  };
  /** Findings with what they quote of the request, where the record leaves it out. */
  readonly findings?: { readonly detail: unknown; readonly trail: readonly TrailEntry[] };
}
/** The members of an outcome's evidence that are shown. */
interface OutcomeEvidence {
  readonly report: Pick<OutcomeReport, 'error' | 'result_digest' | 'trace_id' | 'span_id'>;
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
  ): Promise<EvaluationConnection> {
    const size = pageSize(first);
    const before = after === null ? undefined : valid(Position, keyOf(after, 1)[0], 'after');
    const { rows, totalCount } = await this.readModel.page(
      tenant.id,
      mayRead(tenant) ? filter : withoutNames(filter),
      size,
      before,
    );
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
    const { actor, decided } = JSON.parse(row.payload) as Payload;
    const evidence = this.open(tenant.id, row, row.ciphertext, row.seq) as EvaluationEvidence | null;
    const { agent, thread_id, trace_id, span_id } = evidence?.request.context ?? {};
    const { detail, trail } = evidence?.findings ?? decided;
    const { id, seq, at, reason, tool, subjectRef } = row;
    const named = mayRead(tenant);
    return {
      id,
      seq,
      at,
      reason,
      action: evidence?.request.action.name ?? row.action,
      tool,
      assistant: row.assistant ?? agent ?? null,
      // A run and its thread are named by the agent, often after whom they serve.
      runId: named ? row.runId : null,
      subjectRef,
      subjectId: named ? row.subjectId : null,
      effect: row.effect as Effect,
      channel: actor.channel,
      threadId: named ? (thread_id ?? null) : null,
      traceId: trace_id ?? null,
      spanId: span_id ?? null,
      subjectType: row.subjectType ?? '',
      mode: decided.mode,
      policyRevision: decided.policy_revision,
      detail,
      trail: [...trail],
      caller: nameOf(row.actorId),
      arguments: mayRead(tenant) ? (evidence?.arguments ?? null) : null,
      outcome: this.outcomeOf(tenant.id, row),
    };
  }

  private outcomeOf(tenantId: string, row: EvaluationRow): Outcome | null {
    if (row.outcomePayload === null) return null;
    const { executed } = JSON.parse(row.outcomePayload) as OutcomePayload;
    const evidence = this.open(
      tenantId,
      row,
      row.outcomeCiphertext,
      row.outcomeSeq!,
    ) as OutcomeEvidence | null;
    const { error, result_digest, trace_id, span_id } = evidence?.report ?? {};
    return {
      id: row.outcomeId!,
      seq: row.outcomeSeq!,
      at: row.outcomeAt!,
      evaluationId: row.id,
      status: executed.status,
      argumentsMatch: executed.arguments_match,
      detail: {
        ...executed,
        ...(evidence && { error_type: error?.type ?? null, result_digest, trace_id, span_id }),
      },
    };
  }

  /** null once the subject was erased, and where its key does not open. */
  private open(
    tenantId: string,
    { subjectRef, wrappedKey }: EvaluationRow,
    ciphertext: Uint8Array | null,
    seq: string,
  ): unknown {
    if (wrappedKey === null || ciphertext === null) return null;
    try {
      const { key } = this.subjectKeys.open(subjectRef, wrappedKey);
      return JSON.parse(decrypt(key, ciphertext, evidenceContext(tenantId, Number(seq))).toString());
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

/**
 * A filter for those who may ask by it. Who may not know a name can't ask for it either: the answer would confirm it.
 * No run is called nothing.
 */
type Wanted = { readonly [name in keyof EvaluationFilter]: EvaluationFilter[name] };
const withoutNames = (filter: Wanted): Wanted =>
  filter.runId || filter.subject ? { ...filter, subject: { type: '', id: '' } } : filter;

const mayRead = ({ ability }: TenantScope): boolean => ability.can('read', 'Evidence');
