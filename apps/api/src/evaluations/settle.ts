/** One batch's items in order, each with the facts that the ones before it left behind. In memory; nothing is written here. */
import { applySpends, decide, type Facts, type KillSwitch } from '@reeve/policy';
import { v7 as uuidV7 } from 'uuid';
import { DomainError } from '../infra/errors.js';
import { freshBytes } from '../ledger/fresh-bytes.js';
import type { Entry, Head } from '../ledger/records.js';
import type { NewSubjectKey, SubjectKey, SubjectKeys } from '../ledger/subject-keys.js';
import { evaluationEntry } from './evaluation-entry.js';
import { subjectName, type TenantFacts } from './facts.js';
import { outcomeEntry } from './outcome-entry.js';
import type { Snapshot } from './snapshots.js';
import type { Account, Accounted, Ask, Evaluated, Work } from './work.js';

/** An answer, or the error that is this item's own; a failure of the whole batch is thrown instead. */
export type Settled = { readonly answer: readonly Evaluated[] | Accounted } | { readonly error: DomainError };

/** One tenant's part of a batch: what it decides with, and what it has to write. */
export class Ledger {
  readonly entries: Entry[] = [];
  readonly newKeys: NewSubjectKey[] = [];
  /** Keys of the quotas that were spent from. */
  readonly spent = new Set<string>();

  constructor(
    readonly head: Head,
    readonly snapshot: Snapshot,
    /** In force, global ones included. */
    readonly switches: readonly KillSwitch[],
    readonly facts: TenantFacts,
    /** Epoch milliseconds by the database's clock, never earlier than the record before. */
    readonly now: number,
    private readonly keys: SubjectKeys,
  ) {}

  settle(item: Work): Settled {
    if (!this.snapshot.keys.has(item.caller.keyId)) return { error: invalidKey() };
    try {
      return { answer: item.kind === 'ask' ? this.ask(item) : this.account(item) };
    } catch (error) {
      if (error instanceof DomainError) return { error };
      throw error;
    }
  }

  private ask(item: Ask): Evaluated[] {
    const evaluated: Evaluated[] = [];
    const { snapshot, now } = this;
    // As they are at this place of the order, not as they were when the key was first seen.
    const caller = { id: item.caller.keyId, assistants: snapshot.keys.get(item.caller.keyId)! };
    for (const request of item.requests) {
      const { type, id } = request.subject;
      // Before anything is spent: whose key does not open gets no decision.
      const subject = this.pseudonym(type, id);
      const facts: Facts = {
        now,
        caller,
        subject: this.facts.subjects.get(subjectName(type, id))?.bound ?? null,
        switches: this.switches,
        policy: snapshot.policy,
        quotaUse: this.facts.quotaUse,
      };
      const decision = decide(request, facts);
      applySpends(this.facts.quotaUse, decision.spends, now);
      for (const spend of decision.spends) this.spent.add(spend.key);

      const one: Evaluated = {
        id: uuidV7({ msecs: now, random: freshBytes(16) }),
        decision,
        policyRevision: snapshot.policyRevision,
      };
      this.entries.push(evaluationEntry(item.caller, request, one, subject));
      evaluated.push(one);
      if (item.semantic === 'deny_on_first_deny' && decision.effect !== 'allow') break;
      if (item.semantic === 'permit_on_first_permit' && decision.effect === 'allow') break;
    }
    return evaluated;
  }

  private account(item: Account): Accounted {
    const id = item.report.evaluation_id;
    const authorised = this.facts.evaluations.get(id);
    if (authorised == null)
      throw new DomainError('invalid', 'no such evaluation', { path: '/evaluation_id' });
    if (authorised.subject !== null) opened(authorised.subject);
    const { entry, answer } = outcomeEntry(uuidV7({ msecs: this.now }), item.caller, item.report, authorised);
    if (entry !== null) {
      this.entries.push(entry);
      // The same report again in this batch finds what the first one left.
      this.facts.evaluations.set(id, {
        ...authorised,
        outcome: JSON.stringify({ id: entry.id, ...entry.body }),
      });
    }
    return answer;
  }

  /**
   * The subject's pseudonym, made on the spot when it is seen for the first time, a stranger's too. Throws
   * `unavailable` when its key does not open.
   */
  private pseudonym(type: string, id: string): SubjectKey {
    const name = subjectName(type, id);
    const known = this.facts.subjects.get(name);
    if (known?.key) return opened(known.key);
    const { key, row } = this.keys.make(this.head.tenantId, type, id);
    this.newKeys.push(row);
    this.facts.subjects.set(name, { bound: known?.bound ?? null, key });
    return key;
  }
}

/** By the tenants of the items; a tenant that has no ledger knows no key either. */
export const settleAll = (ledgers: ReadonlyMap<string, Ledger>, work: readonly Work[]): Settled[] =>
  work.map((item) => ledgers.get(item.caller.tenantId)?.settle(item) ?? { error: invalidKey() });

/** Evidence is encrypted when the whole batch is written: too late to find out. */
function opened(subject: SubjectKey): SubjectKey {
  void subject.key;
  return subject;
}

const invalidKey = () => new DomainError('unauthenticated', 'this API key is not valid');
