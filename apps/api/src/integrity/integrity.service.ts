/**
 * Does the ledger still say what was sealed? Each minute it is followed on from the last proof to the head, and a pass
 * over the whole of it goes on at a bounded rate, with the verifier that auditors use. A fault is said loudly and
 * stands until a whole pass finds none; what is behind it is checked all the same, and decisions go on.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { type ChainState, describeFault, describeVerdict, GENESIS, verifyChain } from '@reeve/audit';
import type { LedgerCheck, LedgerHead } from '@reeve/db';
import { Keyring } from '../ledger/keyring.js';
import { objectionToAttachments } from './attachments.js';
import { IntegrityRepository } from './integrity.repository.js';
import { leastForNewest, leastForWhole, nextRate, RECORDS_A_SECOND_MAX, shares } from './pacing.js';

/** Records that are checked in one piece: a few milliseconds of the event loop. */
const PAGE = 250;
const MINUTE_S = 50;
const NO_PASS = { passSeq: 0n, passHash: null, passBeganAt: null, passBroken: null } as const;

interface Found {
  readonly state: ChainState;
  /** The first fault, as a sentence. */
  readonly broken: string | null;
}

@Injectable()
export class IntegrityService {
  private readonly log = new Logger('Integrity');
  /** Records a second, now and at the least. */
  private rate = RECORDS_A_SECOND_MAX;
  private least = RECORDS_A_SECOND_MAX;
  private tickedAt: number | undefined;

  constructor(
    private readonly ledgers: IntegrityRepository,
    private readonly keyring: Keyring,
  ) {}

  /** Every ledger is to be checked from its first record, now: this process has just begun. */
  startOver(): Promise<void> {
    return this.ledgers.startOver();
  }

  /** One minute's work on every ledger. */
  async tick(): Promise<void> {
    const now = performance.now();
    const minutes = Math.max(1, (now - (this.tickedAt ?? now)) / 60_000);
    this.tickedAt = now;
    const ledgers = [];
    for (const tenantId of await this.ledgers.tenantIds()) {
      const { head, check } = await this.ledgers.standing(tenantId);
      if (head === null) continue;
      const length = Number(head.seq);
      ledgers.push({
        tenantId,
        head,
        check,
        length,
        unproved: length - Number(check?.provedSeq ?? 0),
        left: length - Number(check?.passSeq ?? 0),
        urgent: check?.passUrgent ?? true,
      });
    }
    this.least = leastForNewest(ledgers.reduce((sum, { unproved }) => sum + unproved, 0));
    for (const { tenantId, head, check } of ledgers) await this.follow(tenantId, head, check);
    this.least = leastForWhole(
      ledgers.reduce((sum, { length }) => sum + length, 0),
      minutes,
    );
    this.rate = Math.max(this.least, this.rate);
    const budgets = shares(ledgers, this.rate * MINUTE_S, minutes);
    for (const [tenantId, budget] of budgets) await this.advance(tenantId, budget);
  }

  /** All of one ledger, at once: what a pass would find. */
  async check(tenantId: string): Promise<string | null> {
    this.least = RECORDS_A_SECOND_MAX;
    await this.ledgers.note(tenantId, NO_PASS);
    await this.advance(tenantId, Number.MAX_SAFE_INTEGER);
    return (await this.ledgers.standing(tenantId)).check?.broken ?? null;
  }

  /** From the last proof to the head. */
  async follow(tenantId: string, head: LedgerHead, check: LedgerCheck | null): Promise<void> {
    const from = placeOf(tenantId, check?.provedSeq ?? 0n, check?.provedHash ?? null);
    const { state, broken } = await this.read(from, head.seq, Number.MAX_SAFE_INTEGER);
    await this.ledgers.note(tenantId, {
      provedSeq: BigInt(state.seq),
      provedHash: state.hash,
      provedAt: new Date(),
      ...(broken === null ? {} : { broken: this.shout(tenantId, broken) }),
    });
  }

  /** The pass over the whole ledger, by up to `budget` records; at its end it says what stands. */
  async advance(tenantId: string, budget: number): Promise<void> {
    const { head, check } = await this.ledgers.standing(tenantId);
    if (head === null) return;
    const from = placeOf(tenantId, check?.passSeq ?? 0n, check?.passHash ?? null);
    const beganAt = from.seq === 0 ? new Date() : (check?.passBeganAt ?? new Date());
    const found = await this.read(from, head.seq, budget);
    const before = from.seq === 0 ? null : (check?.passBroken ?? null);
    const broken = before ?? found.broken;
    const ended = BigInt(found.state.seq) >= head.seq;
    if (ended) {
      const fault = broken ?? (found.state.hash === head.hash ? null : endFault(found.state, head));
      await this.ledgers.note(tenantId, {
        ...NO_PASS,
        passUrgent: false,
        wholeAt: new Date(),
        broken: fault === null ? null : this.shout(tenantId, fault),
      });
      return;
    }
    await this.ledgers.note(tenantId, {
      passSeq: BigInt(found.state.seq),
      passHash: found.state.hash,
      passBeganAt: beganAt,
      passBroken: broken,
      ...(broken === null ? {} : { broken: before === null ? this.shout(tenantId, broken) : broken }),
    });
  }

  private async read(from: ChainState, upTo: bigint, budget: number): Promise<Found> {
    const keys = this.keyring.tenantKeys(from.tenant);
    let state = from;
    let broken: string | null = null;
    let left = budget;
    while (left > 0) {
      const began = performance.now();
      const take = Math.min(PAGE, left);
      const records = await this.ledgers.after(state.tenant, BigInt(state.seq), upTo, take);
      const step = verifyChain(state, records, keys);
      if (step.fault !== null) broken ??= describeFault(step.fault);
      broken ??= await this.objectionToAttachments(state.tenant, records);
      const last = records.at(-1);
      // The place is the row's: a payload that lies about it must not move the reading.
      if (last !== undefined) state = { ...state, seq: Number(last.seq), hash: last.hash };
      if (records.length < take) {
        const missing = Number(upTo) - state.seq;
        if (missing > 0)
          broken ??= describeVerdict({
            verdict: 'incomplete',
            lacks: 'records',
            after: state.seq,
            missing,
            unread: [],
          });
        return { state: missing > 0 ? { ...state, seq: Number(upTo), hash: null } : state, broken };
      }
      left -= records.length;
      await this.pause(began);
    }
    return { state, broken };
  }

  /** Until the page that began then has taken its time. What happens meanwhile on this thread is somebody else's work. */
  private async pause(began: number): Promise<void> {
    const before = performance.eventLoopUtilization();
    await pause(Math.max(1, (1000 * PAGE) / this.rate - (performance.now() - began)));
    const { utilization } = performance.eventLoopUtilization(before);
    this.rate = nextRate(this.rate, utilization, this.least);
  }

  private async objectionToAttachments(
    tenantId: string,
    records: Awaited<ReturnType<IntegrityRepository['after']>>,
  ): Promise<string | null> {
    const attached = records.filter(
      ({ kind, payload }) => kind === 'change' && payload.includes('"whole":{'),
    );
    if (attached.length === 0) return null;
    const kept = await this.ledgers.attachments(
      tenantId,
      attached.map(({ seq }) => seq),
    );
    return objectionToAttachments(attached, kept);
  }

  private shout(tenantId: string, sentence: string): string {
    this.log.error(`the ledger of tenant ${tenantId} does not hold, decisions go on: ${sentence}`);
    return sentence;
  }
}

const placeOf = (tenant: string, seq: bigint, hash: string | null): ChainState => ({
  tenant,
  seq: Number(seq),
  hash: seq === 0n ? GENESIS : hash,
});

const endFault = ({ seq, hash }: ChainState, head: LedgerHead): string | null =>
  hash === null
    ? null
    : `Broken at #${seq}: the ledger's head names ${head.hash}, its last record is ${hash}.`;
