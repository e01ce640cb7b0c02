/**
 * One batch, one transaction: lock the heads of its tenants, load the facts, decide each question in order with the
 * facts the ones before it left behind, write the records, commit. Only then does anybody get an answer.
 *
 *   flight 1   BEGIN, name the tenants, lock their heads, load the facts not known yet   (one round trip)
 *   [refresh]  what others have changed since this process last looked                   (seldom)
 *   decide     pure, in memory
 *   flight 2   write everything, COMMIT                                                   (one round trip)
 */
import { applySpends, decide, type Facts, type KillSwitch } from '@reeve/policy';
import { v7 as uuidV7 } from 'uuid';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import type { Keyring } from '../ledger/keyring.js';
import { GLOBAL_ORDER, headRow, LOCK_HEADS, WRITE } from '../ledger/ledger.sql.js';
import type { LedgerConnection } from '../ledger/ledger-connection.js';
import { chain, packed, type Entry, type Head } from '../ledger/records.js';
import type { NewSubjectKey, SubjectKey, SubjectKeys } from '../ledger/subject-keys.js';
import { outcomeEntry } from './outcome-entry.js';
import { evaluationEntry } from './evaluation-entry.js';
import { CLOCK } from './facts.sql.js';
import { KnownFacts, subjectName, type FactsRow, type TenantFacts } from './facts.js';
import type { GovernedHead, Snapshot, Snapshots } from './snapshots.js';
import type { Account, Accounted, Ask, Evaluated, Work } from './work.js';

/** An answer, or the error that is this item's own; a failure of the whole batch is thrown instead. */
export type Settled = { readonly answer: readonly Evaluated[] | Accounted } | { readonly error: DomainError };

/** What the batch knows of one tenant while it decides. */
interface Ledger {
  readonly head: Head & GovernedHead;
  readonly snapshot: Snapshot;
  readonly switches: readonly KillSwitch[];
  readonly facts: TenantFacts;
  /** Epoch milliseconds by the database's clock under the lock, never earlier than the record before. */
  readonly now: number;
  /** Nobody else has moved the head since this process did. */
  readonly alone: boolean;
  readonly entries: Entry[];
  readonly newKeys: NewSubjectKey[];
  readonly spent: Set<string>;
}

export class DecisionBatch {
  private readonly known: KnownFacts;

  constructor(
    private readonly connection: LedgerConnection,
    private readonly snapshots: Snapshots,
    private readonly keyring: Keyring,
    private readonly subjectKeys: SubjectKeys,
  ) {
    this.known = new KnownFacts(subjectKeys);
  }

  async run(work: readonly Work[]): Promise<Settled[]> {
    try {
      const ledgers = await this.load(work);
      const settled = work.map((item) => settle(ledgers.get(item.caller.tenantId), item, this.subjectKeys));
      await this.commit([...ledgers.values()]);
      return settled;
    } catch (error) {
      this.known.forget();
      await this.connection.recover();
      throw error;
    }
  }

  private async load(work: readonly Work[]): Promise<Map<string, Ledger>> {
    const tenantIds = [...new Set(work.map((item) => item.caller.tenantId))].sort();
    const wanted = this.known.unknown(work, this.snapshots);
    const [, , locked, clock, found] = await this.connection.flight([
      { name: 'begin', text: 'BEGIN' },
      { name: 'order', text: ORDER, values: [[PLATFORM_TENANT_ID, ...tenantIds].join(',')] },
      { name: 'lock_heads', text: LOCK_HEADS, values: [tenantIds] },
      { name: 'clock', text: CLOCK, values: [PLATFORM_TENANT_ID] },
      ...(wanted === null ? [] : [wanted.statement()]),
    ]);
    const heads = locked!.rows as (Head & GovernedHead)[];
    const { now, platformEpoch } = clock!.rows[0] as ClockRow;
    const moved = new Set(heads.filter((head) => !this.known.confirm(head)));
    if (wanted !== null) this.known.learn(wanted, found!.rows[0] as FactsRow);

    const platform = { tenantId: PLATFORM_TENANT_ID, epoch: platformEpoch, policyRevision: 0 };
    const refreshed = await this.snapshots.refresh(this.connection, [platform, ...heads.map(governed)]);
    if (refreshed || moved.size > 0) await this.loadUnknown(work);

    const everywhere = this.snapshots.get(PLATFORM_TENANT_ID)!.switches;
    return new Map(
      heads.map((head) => {
        const snapshot = this.snapshots.get(head.tenantId)!;
        const ledger: Ledger = {
          head,
          snapshot,
          switches: [...everywhere, ...snapshot.switches],
          facts: this.known.tenant(head.tenantId),
          now: Math.max(Math.floor(now), Math.round(head.at)),
          alone: !moved.has(head),
          entries: [],
          newKeys: [],
          spent: new Set(),
        };
        return [head.tenantId, ledger];
      }),
    );
  }

  /** Once more, for what came to light under the lock: facts that were not current, quotas of a new policy. */
  private async loadUnknown(work: readonly Work[]): Promise<void> {
    const wanted = this.known.unknown(work, this.snapshots);
    if (wanted === null) return;
    const [found] = await this.connection.flight([wanted.statement()]);
    this.known.learn(wanted, found!.rows[0] as FactsRow);
  }

  private async commit(ledgers: readonly Ledger[]): Promise<void> {
    const rows = ledgers.map((l) => chain(l.head, this.keyring.sealer(l.head.tenantId), l.now, l.entries));
    const [records, bytes] = packed(rows.flatMap((r) => r.records));
    const subjectKeys = ledgers.flatMap((l) => l.newKeys.map(subjectKeyRow));
    const quotaUse = ledgers.flatMap((l) => [...l.spent].map((key) => quotaRow(l, key)));
    const heads = rows.map((r) => headRow(r.head, 0));
    await this.connection.flight([
      {
        name: 'write',
        text: WRITE,
        values: [
          records,
          bytes,
          JSON.stringify(subjectKeys),
          JSON.stringify(quotaUse),
          JSON.stringify(heads),
        ],
      },
      { name: 'commit', text: 'COMMIT' },
    ]);
    for (const [i, { head, alone }] of ledgers.entries())
      this.known.leave({ ...rows[i]!.head, epoch: head.epoch }, alone);
  }
}

interface ClockRow {
  readonly now: number;
  readonly platformEpoch: number;
}

const ORDER = `SELECT set_config('app.tenant_ids', $1, true), pg_advisory_xact_lock_shared(${GLOBAL_ORDER})::text`;

const governed = ({ tenantId, epoch, policyRevision }: GovernedHead): GovernedHead => ({
  tenantId,
  epoch,
  policyRevision,
});

function settle(ledger: Ledger | undefined, item: Work, keys: SubjectKeys): Settled {
  if (ledger === undefined || !ledger.snapshot.keys.has(item.caller.keyId))
    return { error: new DomainError('unauthenticated', 'this API key is not valid') };
  try {
    return { answer: item.kind === 'ask' ? ask(ledger, item, keys) : account(ledger, item) };
  } catch (error) {
    if (error instanceof DomainError) return { error };
    throw error;
  }
}

function ask(ledger: Ledger, item: Ask, keys: SubjectKeys): Evaluated[] {
  const evaluated: Evaluated[] = [];
  const { snapshot, now } = ledger;
  for (const request of item.requests) {
    const { type, id } = request.subject;
    const subject = ledger.facts.subjects.get(subjectName(type, id));
    const facts: Facts = {
      now,
      caller: { id: item.caller.keyId, assistants: item.caller.assistants },
      subject: subject?.bound ?? null,
      switches: ledger.switches,
      policy: snapshot.policy,
      quotaUse: ledger.facts.quotaUse,
    };
    const decision = decide(request, facts);
    applySpends(ledger.facts.quotaUse, decision.spends, now);
    for (const spend of decision.spends) ledger.spent.add(spend.key);

    const one: Evaluated = { id: uuidV7({ msecs: now }), decision, policyRevision: snapshot.policyRevision };
    ledger.entries.push(evaluationEntry(item.caller, request, one, pseudonym(ledger, type, id, keys)));
    evaluated.push(one);
    if (item.semantic === 'deny_on_first_deny' && decision.effect !== 'allow') break;
    if (item.semantic === 'permit_on_first_permit' && decision.effect === 'allow') break;
  }
  return evaluated;
}

function account(ledger: Ledger, item: Account): Accounted {
  const id = item.report.evaluation_id;
  const authorised = ledger.facts.evaluations.get(id);
  if (authorised == null) throw new DomainError('invalid', 'no such evaluation', { path: '/evaluation_id' });
  const { entry, answer } = outcomeEntry(uuidV7({ msecs: ledger.now }), item.caller, item.report, authorised);
  if (entry !== null) {
    ledger.entries.push(entry);
    // The same report again in this batch finds what the first one left.
    ledger.facts.evaluations.set(id, {
      ...authorised,
      outcome: JSON.stringify({ id: entry.id, ...entry.body }),
    });
  }
  return answer;
}

/** The subject's pseudonym, made on the spot when it is seen for the first time, a stranger's too. */
function pseudonym(ledger: Ledger, type: string, id: string, keys: SubjectKeys): SubjectKey {
  const name = subjectName(type, id);
  const known = ledger.facts.subjects.get(name);
  if (known?.key) return known.key;
  const { key, row } = keys.make(ledger.head.tenantId, type, id);
  ledger.newKeys.push(row);
  ledger.facts.subjects.set(name, { bound: known?.bound ?? null, key });
  return key;
}

const subjectKeyRow = (row: NewSubjectKey) => ({
  tenant_id: row.tenantId,
  type: row.type,
  id: row.id,
  ref: row.ref,
  wrapped_key: row.wrappedKey.toString('hex'),
});

const quotaRow = (ledger: Ledger, key: string) => ({
  tenant_id: ledger.head.tenantId,
  key,
  log: JSON.stringify(ledger.facts.quotaUse.get(key)),
  updated_at: new Date(ledger.now).toISOString(),
});
