/**
 * One tenant's part of a batch: its items in order, each with the facts that the ones before it left behind. In memory;
 * nothing is written here. Whatever an item throws is its own failure: what it had begun is taken back, and the next one
 * finds what it would have found without it.
 */
import type { Sealer } from '@reeve/audit';
import {
  account,
  compositeKey,
  decide,
  decideAndMove,
  endsBatch,
  type EvaluationRequest,
  type Facts,
  type KillSwitch,
  type Stage,
} from '@reeve/policy';
import { NIL, v7 as uuidV7 } from 'uuid';
import { DomainError } from '../infra/errors.js';
import { freshBytes } from '../ledger/fresh-bytes.js';
import type { Head } from '../ledger/head.js';
import { Chain } from '../ledger/records.js';
import type { NewSubjectKey, SubjectKey, SubjectKeys } from '../ledger/subject-keys.js';
import { evaluationEntry, namedIn } from './evaluation-entry.js';
import { Journal } from './journal.js';
import { accountedBefore, mayAccount, outcomeEntry, refusedEntry } from './outcome-entry.js';
import { payloadOf, recordedEvaluation } from './recorded-evaluation.js';
import { invalidKey, notItsCaller, undecided, type Settled } from './settled.js';
import type { Snapshot } from './snapshots.js';
import type { TenantFacts } from './tenant-memory.js';
import { TenantState } from './tenant-state.js';
import { recordIdOf, ungovernedEntry } from './ungoverned-entry.js';
import type { KnownStates } from './known-states.js';
import type { AgentCaller } from '../auth/agent-caller.js';
import type { Account, Accounted, AccountUngoverned, Ask, Evaluated, Tried, Try, Work } from './work.js';

export interface Opened {
  /** Where the tenant's ledger ends. */
  readonly from: Head;
  readonly sealer: Sealer;
  readonly snapshot: Snapshot;
  /** In force, global ones included. */
  readonly switches: readonly KillSwitch[];
  readonly facts: TenantFacts;
  /** Epoch milliseconds by the database's clock, never earlier than the record before. */
  readonly now: number;
  readonly keys: SubjectKeys;
  readonly stages: readonly Stage[];
}

export class TenantBatch {
  readonly chain: Chain;
  readonly newKeys: NewSubjectKey[] = [];
  private readonly journal = new Journal();
  private readonly state: TenantState;
  private readonly firstId = freshBytes(4).readUInt32BE() >>> 1;

  constructor(private readonly opened: Opened) {
    this.chain = new Chain(opened.from, opened.sealer, opened.now);
    const pseudonymOf = ({ type, id }: { type: string; id: string }) => this.pseudonym(type, id).ref;
    this.state = new TenantState(opened.facts.state, this.journal, pseudonymOf);
  }

  get from(): Head {
    return this.opened.from;
  }

  get facts(): TenantFacts {
    return this.opened.facts;
  }

  stateRows() {
    return this.state.rows(this.from.tenantId);
  }

  settle(item: Work): Settled {
    const { chain, newKeys, journal } = this;
    const [records, keys] = [chain.records.length, newKeys.length];
    try {
      if (!this.opened.snapshot.keys.has(item.caller.keyId)) throw invalidKey();
      const settled = this.settled(item);
      journal.keep();
      return settled;
    } catch (error) {
      chain.cutTo(records);
      newKeys.length = keys;
      journal.takeBack();
      return { error: error instanceof DomainError ? error : undecided(error) };
    }
  }

  private settled(item: Work): Settled {
    switch (item.kind) {
      case 'ask':
        return { answer: this.ask(item) };
      case 'try':
        return { answer: this.try(item) };
      case 'account':
        return this.account(item);
      case 'ungoverned':
        return { answer: this.accountUngoverned(item) };
    }
  }

  private ask(item: Ask): Evaluated[] {
    const evaluated: Evaluated[] = [];
    const { snapshot, stages } = this.opened;
    for (const request of item.requests) {
      const { subject: about } = request;
      const id = this.nextId();
      const facts = this.factsFor(item.caller, request, id);
      const { decision, moved } = decideAndMove(request, facts, stages);
      facts.state.requireAll();
      const subject = this.pseudonym(about.type, about.id);
      this.state.keep(moved);

      const named = namedIn(request, snapshot.policy);
      const one: Evaluated = { id, decision, policyRevision: snapshot.policyRevision, named };
      this.chain.append(evaluationEntry(item.caller, request, one, subject, facts));
      evaluated.push(one);
      if (endsBatch(item.semantic, decision.effect === 'allow')) break;
    }
    return evaluated;
  }

  /** As `ask` would decide, from what is there now: nothing is appended, spent or named. */
  private try(item: Try): Tried[] {
    const { snapshot, stages } = this.opened;
    return item.requestsOf(snapshot.policy).map((request) => {
      const facts = this.factsFor(item.caller, request, NIL);
      const decision = decide(request, facts, stages);
      facts.state.requireAll();
      return { request, decision };
    });
  }

  private factsFor(
    { keyId }: AgentCaller,
    { subject, resource }: EvaluationRequest,
    id: string,
  ): Facts & { readonly state: KnownStates } {
    const { snapshot, switches, facts: known, now } = this.opened;
    return {
      id,
      now,
      // As they are at this place of the order, not as they were when the key was first seen.
      caller: { id: keyId, assistants: snapshot.keys.get(keyId)! },
      subject: lookedUp(known.subjects, compositeKey(subject.type, subject.id)).bound,
      resource:
        resource.type === 'tool' ? null : lookedUp(known.resources, compositeKey(resource.type, resource.id)),
      switches,
      policy: snapshot.policy,
      state: this.state.known(),
    };
  }

  private account({ caller, report }: Account): Settled {
    const { snapshot, facts, now, stages } = this.opened;
    const authorised = lookedUp(facts.evaluations, report.evaluation_id);
    if (authorised === null)
      throw new DomainError('invalid', 'no such evaluation', { path: '/evaluation_id' });
    const id = this.nextId();
    const payload = payloadOf(authorised);
    // As its assistants are at this place of the order.
    const assistants = snapshot.keys.get(caller.keyId)!;
    if (!mayAccount({ ...caller, assistants }, payload)) {
      this.chain.append(refusedEntry(id, caller, authorised, payload));
      return { error: notItsCaller() };
    }
    const evaluation = recordedEvaluation(authorised);
    const salt = evaluation.salt ?? freshBytes(16).toString('hex');
    const before = accountedBefore(authorised, salt, report);
    if (before !== null) return { answer: before };

    const state = this.state.known();
    const accounted = account(evaluation, report, { now, policy: snapshot.policy, state }, stages);
    state.requireAll();
    this.state.keep(accounted.moved);
    const entry = outcomeEntry({ id, caller, report, authorised, payload, salt, account: accounted });
    this.chain.append(entry);
    // The same report again in this batch finds what the first one left.
    const outcome = JSON.stringify({ id, ...entry.body });
    this.journal.set(facts.evaluations, report.evaluation_id, { ...authorised, outcome });
    const { argumentsMatch, ungoverned } = accounted;
    return { answer: { outcomeId: id, argumentsMatch, ungoverned } };
  }

  private accountUngoverned({ caller, report }: AccountUngoverned): Accounted {
    const { facts, snapshot } = this.opened;
    const id = recordIdOf(caller, report);
    const subject = this.pseudonym(report.subject.type, report.subject.id);
    const assistants = snapshot.keys.get(caller.keyId)!;
    const { entry, answer } = ungovernedEntry(
      id,
      { ...caller, assistants },
      report,
      lookedUp(facts.told, id),
      subject,
      snapshot.policy,
    );
    if (entry !== null) {
      this.chain.append(entry);
      this.journal.set(facts.told, id, { payload: JSON.stringify({ id, ...entry.body }) });
    }
    return answer;
  }

  /**
   * Ids of one batch ascend (RFC 9562, 6.2, method 1): they have one time, and in no order they would leave every page
   * of their index half empty.
   */
  private nextId(): string {
    const seq = this.firstId + this.chain.records.length;
    return uuidV7({ msecs: this.opened.now, seq, random: freshBytes(16) });
  }

  /** The subject's pseudonym, made on the spot when it is seen for the first time, a stranger's too. */
  private pseudonym(type: string, id: string): SubjectKey {
    const name = compositeKey(type, id);
    const { bound, key: known } = lookedUp(this.facts.subjects, name);
    if (known !== null) return known;
    const { key, row } = this.opened.keys.make(this.from.tenantId, type, id);
    this.newKeys.push(row);
    this.journal.set(this.facts.subjects, name, { bound, key });
    return key;
  }
}

/** By the tenants of the items. A tenant that could not be opened fails alone; one that isn't there knows no key. */
export const settleAll = (
  tenants: ReadonlyMap<string, TenantBatch | DomainError>,
  work: readonly Work[],
): Settled[] =>
  work.map((item) => {
    const tenant = tenants.get(item.caller.tenantId) ?? invalidKey();
    return tenant instanceof DomainError ? { error: tenant } : tenant.settle(item);
  });

/** A fact that nobody looked up is not known to be absent: deciding without it could allow what it forbids. */
function lookedUp<K, V>(facts: ReadonlyMap<K, V>, key: K): V {
  const fact = facts.get(key);
  if (fact === undefined) throw new Error('a fact was not looked up');
  return fact;
}
