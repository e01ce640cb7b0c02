/** What a batch needs to know and its process does not remember: collected, asked for in one statement, and taken in. */
import {
  compositeKey,
  stateText,
  type CompiledPolicy,
  type EvaluationRequest,
  type JsonObject,
  type Kind,
  type StateKey,
  type SubjectFacts,
} from '@reeve/policy';
import type { Statement } from '../ledger/pipeline.js';
import type { SubjectKey, SubjectKeys } from '../ledger/subject-keys.js';
import { FACTS } from './facts.sql.js';
import { recordedEvaluation } from './recorded-evaluation.js';
import type { Snapshots } from './snapshots.js';
import type { TenantMemories } from './tenant-memory.js';
import { recordIdOf, type Told } from './ungoverned-entry.js';
import type { Work } from './work.js';

/** A process's memory, and what its stages look at. */
export interface Known {
  readonly memories: TenantMemories;
  readonly snapshots: Snapshots;
  readonly subjectKeys: SubjectKeys;
  /** Kinds of state that decisions look at, and those that outcomes move. */
  readonly kinds: { readonly decided: readonly Kind[]; readonly accounted: readonly Kind[] };
}

interface WantedState {
  readonly tenantId: string;
  readonly kind: Kind;
  readonly key: StateKey;
}

export class LookUp {
  private readonly subjects = new Map<string, readonly [tenantId: string, type: string, id: string]>();
  private readonly resources = new Map<string, readonly [tenantId: string, type: string, id: string]>();
  private readonly states = new Map<string, WantedState>();
  private readonly evaluations = new Map<string, readonly [tenantId: string, id: string]>();
  private readonly told = new Map<string, readonly [tenantId: string, id: string]>();

  private constructor(private readonly known: Known) {}

  /** null when all that this work needs is remembered. */
  static for(work: readonly Work[], known: Known): LookUp | null {
    const lookUp = new LookUp(known);
    for (const item of work) {
      try {
        lookUp.want(item, known.snapshots.get(item.caller.tenantId)?.policy);
      } catch {
        // It fails again, on its own, for want of these facts when it is settled.
      }
    }
    return lookUp.isEmpty ? null : lookUp;
  }

  statement(): Statement {
    const column = (rows: ReadonlyMap<string, readonly string[]>, at: number) =>
      Array.from(rows.values(), (row) => row[at]);
    return {
      name: 'facts',
      text: FACTS,
      values: [
        column(this.subjects, 0),
        column(this.subjects, 1),
        column(this.subjects, 2),
        JSON.stringify([...this.states.values()].map(wantedRow)),
        column(this.evaluations, 0),
        column(this.evaluations, 1),
        column(this.told, 0),
        column(this.told, 1),
        column(this.resources, 0),
        column(this.resources, 1),
        column(this.resources, 2),
      ],
    };
  }

  /** Remembers the answer, and of what was asked for and is not in it that it is not there. */
  learn(found: FactsRow): void {
    for (const [tenantId, type, id] of this.subjects.values())
      this.facts(tenantId).subjects.set(compositeKey(type, id), { bound: null, key: null });
    for (const [tenantId, type, id] of this.resources.values())
      this.facts(tenantId).resources.set(compositeKey(type, id), null);
    for (const [tenantId, id] of this.evaluations.values()) this.facts(tenantId).evaluations.set(id, null);
    for (const [tenantId, id] of this.told.values()) this.facts(tenantId).told.set(id, null);

    for (const s of found.subjects ?? []) this.learnSubject(s);
    for (const { tenantId, type, id, properties } of found.resources ?? [])
      this.facts(tenantId).resources.set(compositeKey(type, id), { properties });
    this.learnStates(new Map((found.states ?? []).map(({ n, state }) => [n, state])));
    for (const { tenantId, id, ...told } of found.told ?? []) this.facts(tenantId).told.set(id, told);
    for (const { tenantId, ref, wrappedKey, ciphertext, ...e } of found.evaluations ?? [])
      this.facts(tenantId).evaluations.set(e.id, {
        ...e,
        subject: this.open(ref, wrappedKey),
        ciphertext: ciphertext === null ? null : Buffer.from(ciphertext, 'hex'),
      });
  }

  private learnSubject(s: NonNullable<FactsRow['subjects']>[number]): void {
    const { subjects } = this.facts(s.tenantId);
    const name = compositeKey(s.type, s.id);
    const key = this.open(s.ref, s.wrappedKey);
    try {
      const attributes =
        s.attributes === null ? undefined : key?.openAttributes(Buffer.from(s.attributes, 'hex'));
      const bound = { roles: s.roles ?? [], grants: s.grants ?? {}, ...(attributes && { attributes }) };
      subjects.set(name, { bound: s.bound ? bound : null, key });
    } catch {
      // Attributes that don't open stay unknown, so nothing is decided about the subject without them.
      subjects.delete(name);
    }
  }

  private learnStates(texts: ReadonlyMap<number, string>): void {
    for (const [n, { tenantId, kind, key }] of [...this.states.values()].entries()) {
      const text = texts.get(n);
      try {
        const state = text === undefined ? kind.empty : kind.read(text);
        this.facts(tenantId).state.set(stateText(kind, key), state);
      } catch {
        // What can't be read stays unknown.
      }
    }
  }

  private get isEmpty(): boolean {
    const { subjects, resources, states, evaluations, told } = this;
    return [subjects, resources, states, evaluations, told].every(({ size }) => size === 0);
  }

  private facts(tenantId: string) {
    return this.known.memories.of(tenantId).facts;
  }

  private want(item: Work, policy: CompiledPolicy | undefined): void {
    const { tenantId } = item.caller;
    switch (item.kind) {
      case 'account':
        return this.wantEvaluation(tenantId, item.report.evaluation_id, policy);
      case 'ungoverned':
        this.wantRecord('told', tenantId, recordIdOf(item.caller, item.report));
        return this.wantSubject(tenantId, item.report.subject);
      case 'ask':
        return this.wantAll(tenantId, item.requests, policy);
      case 'try':
        return this.wantAll(tenantId, policy === undefined ? [] : item.requestsOf(policy), policy);
    }
  }

  private wantAll(
    tenantId: string,
    requests: readonly EvaluationRequest[],
    policy: CompiledPolicy | undefined,
  ): void {
    for (const request of requests) {
      this.wantSubject(tenantId, request.subject);
      this.wantResource(tenantId, request.resource);
      this.wantStates(tenantId, request, policy, this.known.kinds.decided);
    }
  }

  private wantRecord(which: 'evaluations' | 'told', tenantId: string, id: string): void {
    if (!this.facts(tenantId)[which].has(id)) this[which].set(compositeKey(tenantId, id), [tenantId, id]);
  }

  /** The evaluation, and once it is known, the state that its outcome moves. */
  private wantEvaluation(tenantId: string, id: string, policy: CompiledPolicy | undefined): void {
    this.wantRecord('evaluations', tenantId, id);
    const evaluation = this.facts(tenantId).evaluations.get(id) ?? null;
    if (evaluation === null || this.known.kinds.accounted.length === 0) return;
    const { request } = recordedEvaluation(evaluation);
    if (request === null) return;
    this.wantSubject(tenantId, request.subject);
    this.wantStates(tenantId, request, policy, this.known.kinds.accounted);
  }

  private wantSubject(tenantId: string, { type, id }: { type: string; id: string }): void {
    if (!this.facts(tenantId).subjects.has(compositeKey(type, id)))
      this.subjects.set(compositeKey(tenantId, type, id), [tenantId, type, id]);
  }

  /** Tools are the policy's: nobody registers one. */
  private wantResource(tenantId: string, { type, id }: { type: string; id: string }): void {
    if (type !== 'tool' && !this.facts(tenantId).resources.has(compositeKey(type, id)))
      this.resources.set(compositeKey(tenantId, type, id), [tenantId, type, id]);
  }

  /** Without a policy the keys are not known yet. */
  private wantStates(
    tenantId: string,
    request: EvaluationRequest,
    policy: CompiledPolicy | undefined,
    kinds: readonly Kind[],
  ): void {
    if (policy === undefined) return;
    const { state } = this.facts(tenantId);
    for (const kind of kinds)
      for (const key of kind.keysOf(request, policy)) {
        const text = stateText(kind, key);
        if (!state.has(text)) this.states.set(compositeKey(tenantId, text), { tenantId, kind, key });
      }
  }

  private open(ref: string | null, wrapped: string | null): SubjectKey | null {
    return ref === null || wrapped === null
      ? null
      : this.known.subjectKeys.open(ref, Buffer.from(wrapped, 'hex'));
  }
}

const wantedRow = ({ tenantId, kind, key: { name, subject, each } }: WantedState, n: number) => ({
  n,
  tenant_id: tenantId,
  kind: kind.name,
  key: compositeKey(name),
  ...(each && subject !== null && { type: subject.type, id: subject.id }),
});

/** The one row of FACTS. */
export interface FactsRow {
  readonly subjects:
    | {
        tenantId: string;
        type: string;
        id: string;
        roles: string[] | null;
        grants: SubjectFacts['grants'] | null;
        bound: boolean;
        ref: string | null;
        wrappedKey: string | null;
        attributes: string | null;
      }[]
    | null;
  readonly resources: { tenantId: string; type: string; id: string; properties: JsonObject }[] | null;
  readonly states: { n: number; state: string }[] | null;
  readonly evaluations:
    | {
        tenantId: string;
        id: string;
        seq: number;
        payload: string;
        ciphertext: string | null;
        runId: string | null;
        target: string | null;
        ref: string | null;
        wrappedKey: string | null;
        outcome: string | null;
      }[]
    | null;
  readonly told: (Told & { readonly tenantId: string; readonly id: string })[] | null;
}
