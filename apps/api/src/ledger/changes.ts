/**
 * The writing door: a change and its audit record in one transaction, at one place of the tenant's total order. Only
 * the database role behind this door can write a governed table, and `work` has to say what it changed, so a change
 * without a record neither compiles nor runs.
 */
import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { commit } from '@reeve/audit';
import type { Prisma } from '@reeve/db';
import { movedBy, ReasonText, type ChangeAction, type Json, type JsonObject } from '@reeve/policy';
import { v7 as uuidV7 } from 'uuid';
import { CONFIG, PLATFORM_TENANT_ID, type Config } from '../infra/config.js';
import { nameTenants } from '../infra/database.js';
import { DomainError } from '../infra/errors.js';
import { valid } from '../infra/valid.js';
import { abridged, type Attachment } from './abridged.js';
import type { Actor } from './actor.js';
import { AnsweredHeads } from './answered-heads.js';
import type { Head } from './head.js';
import { ChangeLane } from './change-lane.js';
import { Keyring } from './keyring.js';
import { ACKNOWLEDGE, implausible, LedgerClock } from './ledger-clock.js';
import { GLOBAL_ORDER, headRow, LOCK_HEADS, VOUCHED, WRITE } from './ledger.sql.js';
import { chain, packed, type Entry } from './records.js';
import { encrypt } from './vault.js';
import { SubjectKeys, type SubjectKey } from './subject-keys.js';

export type LedgerTx = Prisma.TransactionClient;

/** The ledger a change belongs to, its name there, and why it is made. */
export interface Change {
  readonly tenantId: string;
  readonly action: ChangeAction;
  readonly reason: string;
  /** How long it may take; a minute where nothing is said. */
  readonly timeoutMs?: number;
}

/** The place of a change in the order: the position its record will have, and the time there. */
export interface Place {
  readonly seq: bigint;
  readonly now: Date;
}

export interface Changed<T> {
  /** Where only `work` could tell what it does: instead of the action that it was begun with. */
  readonly action?: ChangeAction;
  /** What was changed, without anything personal: a name of the policy, an id, `subject:<pseudonym>`. */
  readonly target: string;
  readonly before: Json;
  readonly after: Json;
  /** Kept as encrypted evidence beside the record, which holds a salted commitment to it. */
  readonly personal?: { readonly type: string; readonly id: string; readonly data: JsonObject };
  readonly result: T;
}

@Injectable()
export class Changes implements OnApplicationShutdown {
  /** Nothing goes in front of what stops agents, or lets them go on. */
  private readonly stops: ChangeLane;
  private readonly others: ChangeLane;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly keyring: Keyring,
    private readonly subjectKeys: SubjectKeys,
    private readonly answered: AnsweredHeads,
    private readonly clock: LedgerClock = new LedgerClock(),
  ) {
    this.stops = new ChangeLane(config);
    this.others = new ChangeLane(config);
  }

  /**
   * Runs `work` under the tenant's ledger lock and records it as `action`. Everything `work` throws rolls all of it
   * back. The epoch moves unless the action moves nothing that decisions look at. Throws `rate_limited`
   * where too many of this tenant's wait, and `invalid` (path `reason`) for a reason that is too short, too long or
   * cannot be seen.
   */
  async make<T>(
    actor: Actor,
    { tenantId, action, reason, timeoutMs = TIMEOUT_MS }: Change,
    work: (tx: LedgerTx, place: Place) => Promise<Changed<T>>,
  ): Promise<T> {
    const why = valid(ReasonText, reason, 'reason');
    const lane = ON_THE_LANE_OF_STOPS.has(action) ? this.stops : this.others;
    const { result, head, from } = await lane.run(tenantId, (client) =>
      client.$transaction(
        async (tx) => {
          await nameTenants(tx, tenantId);
          if (tenantId === PLATFORM_TENANT_ID)
            await tx.$queryRaw`SELECT pg_advisory_xact_lock(${GLOBAL_ORDER})::text`;
          const [head] = await tx.$queryRawUnsafe<Head[]>(LOCK_HEADS, [tenantId]);
          if (head === undefined) throw new DomainError('not_found', 'no such tenant');
          const now = await this.timeOf(tx, head, action);

          const changed = await work(tx, { seq: BigInt(head.seq + 1), now: new Date(now) });

          // `work` may have named further tenants (a new tenant's own rows); the record is this tenant's.
          await nameTenants(tx, tenantId);
          const subject =
            changed.personal &&
            (await this.subjectKey(tx, tenantId, changed.personal.type, changed.personal.id));
          const done = changed.action ?? action;
          const { entry, attachments } = changeEntry(actor, done, why, changed, subject);
          const rows = chain({ ...head, at: now }, this.keyring.sealer(tenantId), now, [entry]);
          const [records, bytes] = packed(rows.records);
          await tx.$executeRawUnsafe(
            WRITE,
            records,
            bytes,
            '[]',
            '[]',
            JSON.stringify([
              headRow(rows.head, movedBy(done) === 'nothing' ? 0 : 1, { seq: head.seq, hash: head.hash }),
            ]),
            null,
            null,
            null,
          );
          await attach(tx, rows.head, attachments);
          return { result: changed.result, head: rows.head, from: head };
        },
        { maxWait: 10_000, timeout: timeoutMs },
      ),
    );
    this.answered.note(head, from);
    return result;
  }

  /**
   * The time of a change: the database's, never before the record before it. By a clock that is not to be believed
   * nothing changes, but a stop: its time is where the clock should be. Where an administrator vouches for the clock its
   * time counts, though records lie ahead of it.
   */
  private async timeOf(tx: LedgerTx, { tenantId, at }: Head, action: ChangeAction): Promise<number> {
    const [{ now }] = await tx.$queryRaw<[{ now: number }]>`SELECT ledger_now() AS now`;
    const believed = this.clock.believes(now) || this.clock.isVouchedFor(now, await lastWord(tx, tenantId));
    const canGoOn = this.clock.canGoOn(tenantId, at, now);
    if (action === ACKNOWLEDGE) return canGoOn ? Math.max(Math.floor(now), Math.round(at)) : Math.floor(now);
    if ((!believed || !canGoOn) && action !== STOP)
      throw implausible(this.clock.alarm ?? 'the last record is ahead of the database’s clock');
    return Math.max(Math.floor(believed ? now : this.clock.expected()), Math.round(at));
  }

  /** The pseudonym under which the ledger knows this person, made when it is first needed. */
  async subjectKey(tx: LedgerTx, tenantId: string, type: string, id: string): Promise<SubjectKey> {
    const found = await tx.subjectKey.findUnique({ where: { tenantId_type_id: { tenantId, type, id } } });
    if (found !== null) return this.subjectKeys.open(found.ref, found.wrappedKey);
    const { key, row } = this.subjectKeys.make(tenantId, type, id);
    await tx.subjectKey.create({ data: { ...row, wrappedKey: Uint8Array.from(row.wrappedKey) } });
    return key;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.stops.close(), this.others.close()]);
  }
}

/** What the database's clock said when somebody last vouched for it. */
async function lastWord(tx: LedgerTx, tenantId: string): Promise<number | null> {
  await nameTenants(tx, [PLATFORM_TENANT_ID, tenantId]);
  const [word] = await tx.$queryRawUnsafe<{ vouchedAt: number }[]>(VOUCHED, PLATFORM_TENANT_ID);
  await nameTenants(tx, tenantId);
  return word?.vouchedAt ?? null;
}

/** What a stop and a lift begin with. */
const TIMEOUT_MS = 60_000;
const ON_THE_LANE_OF_STOPS: ReadonlySet<ChangeAction> = new Set(['kill_switch.engage', 'kill_switch.lift']);

/** What people must be able to do whatever a clock says. */
const STOP: ChangeAction = 'kill_switch.engage';

function changeEntry(
  actor: Actor,
  action: ChangeAction,
  reason: string,
  changed: Changed<unknown>,
  subject: SubjectKey | undefined,
): { entry: Entry; attachments: Attachment[] } {
  const { target, before, after, personal } = changed;
  const { recorded, attachments } = abridged(before, after);
  const change = { action, target, reason, ...recorded };
  const body = { actor: { kind: actor.kind, id: actor.id }, change };
  const index = { action, target, actorId: actor.id, reason };
  if (personal === undefined || subject === undefined)
    return { entry: { id: uuidV7(), kind: 'change', body, index }, attachments };

  const salt = randomUUID().replaceAll('-', '');
  const entry: Entry = {
    id: uuidV7(),
    kind: 'change',
    body: { ...body, subject: { ref: subject.ref }, personal: commit(salt, personal.data) },
    index: { ...index, subjectRef: subject.ref },
    evidence: {
      subjectRef: subject.ref,
      seal: (context) =>
        encrypt(subject.key, Buffer.from(JSON.stringify({ salt, personal: personal.data })), context),
    },
  };
  return { entry, attachments };
}

/** Keeps beside the record at `seq` what was too long for it. */
async function attach(
  tx: LedgerTx,
  { tenantId, seq }: { readonly tenantId: string; readonly seq: number },
  attachments: readonly Attachment[],
): Promise<void> {
  if (attachments.length === 0) return;
  await tx.auditAttachment.createMany({
    data: attachments.map(({ side, content }) => ({ tenantId, seq, side, content })),
  });
}
