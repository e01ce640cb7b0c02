/**
 * Whether the database's clock is to be believed. Records, quotas and windows go by it, so a jump of it would freeze a
 * tenant's time or empty its windows. It is compared with where it was last believed, carried on by a clock of this
 * process that nobody can set and that counts while the host sleeps; at first with this process's own. A step of less
 * than a minute is NTP's; a longer one is refused until the clock is back, or until an operator vouches for it.
 */
import { uptime } from 'node:os';
import { Logger } from '@nestjs/common';
import { DomainError } from '../infra/errors.js';

/** The change by which an administrator says that the clock is right. */
export const ACKNOWLEDGE = 'clock.acknowledge';

/** Milliseconds that a clock may be away from where it is expected. */
export const PLAUSIBLE_MS = 60_000;
/** Milliseconds that an operator's word for the clock holds: for every process to hear it, and for no second jump. */
const WORD_MS = 600_000;

/** This process's two clocks, in milliseconds: the one that is set and the one that only runs. */
export interface OwnClocks {
  wall(): number;
  steady(): number;
}
const OWN: OwnClocks = { wall: () => Date.now(), steady: () => uptime() * 1000 };

/** A time that is not believed. Instants in epoch milliseconds. */
export interface ClockJump {
  /** Says what is wrong. */
  readonly sentence: string;
  /** When this process first refused it, by the process's own clock. */
  readonly since: number;
  readonly database: number;
  readonly expected: number;
}

export class LedgerClock {
  private readonly log = new Logger('LedgerClock');
  private believed: { readonly database: number; readonly steady: number } | undefined;
  private refused: ClockJump | null = null;
  /** Tenants whose last record lies in the future. */
  private readonly aheads = new Set<string>();

  constructor(private readonly own: OwnClocks = OWN) {}

  /** The sentence that says what is wrong while a jump is refused, else null. */
  get alarm(): string | null {
    return this.refused?.sentence ?? null;
  }

  /** What is refused now, else null. */
  get jump(): ClockJump | null {
    return this.refused;
  }

  /** Where the database's clock should be now, in epoch milliseconds. */
  expected(): number {
    const { believed, own } = this;
    return believed === undefined ? own.wall() : believed.database + own.steady() - believed.steady;
  }

  /** Takes note of what the database's clock says. False, with an alarm, when that is not to be believed. */
  believes(database: number): boolean {
    const expected = this.expected();
    if (Math.abs(database - expected) > PLAUSIBLE_MS) {
      this.raise(database, expected);
      return false;
    }
    this.believe(database);
    return true;
  }

  /** What an operator said when the database's clock stood at `vouchedAt`, while it stands at `database` now. */
  isVouchedFor(database: number, vouchedAt: number | null): boolean {
    if (vouchedAt === null || Math.abs(database - vouchedAt) > WORD_MS) return false;
    this.believe(database);
    return true;
  }

  /**
   * Whether a ledger whose last record is of `at` can go on at `database`. A last record far behind is a tenant that was
   * idle; one far ahead was written by a clock that had jumped, and going on from it would stop the tenant's time.
   */
  canGoOn(tenantId: string, at: number, database: number): boolean {
    const ahead = at - database > PLAUSIBLE_MS;
    if (ahead && !this.aheads.has(tenantId)) {
      this.aheads.add(tenantId);
      this.log.error(
        `the last record of tenant ${tenantId} is ${seconds(at - database)} the database's clock: nothing is ` +
          'decided or changed there until a platform administrator says that the clock is right (acknowledgeClock)',
      );
    } else if (!ahead && this.aheads.delete(tenantId)) this.log.warn(`tenant ${tenantId} goes on`);
    return !ahead;
  }

  private believe(database: number): void {
    this.believed = { database, steady: this.own.steady() };
    if (this.refused === null) return;
    this.refused = null;
    this.log.warn('the database’s clock is believed again');
  }

  private raise(database: number, expected: number): void {
    const begins = this.refused === null;
    const sentence = `the database's clock is ${seconds(database - expected)} where it should be`;
    this.refused = { sentence, since: this.refused?.since ?? this.own.wall(), database, expected };
    if (begins)
      this.log.error(
        `${sentence}: nothing is decided or changed until it is back, or until a platform administrator ` +
          'vouches for it (acknowledgeClock)',
      );
  }
}

/** Why nothing is decided or changed. A PEP treats it as deny. */
export const implausible = (sentence: string): DomainError =>
  new DomainError('unavailable', `${sentence}, so nothing is decided or changed by it`);

const seconds = (ms: number): string =>
  `${Math.abs(Math.round(ms / 1000))} s ${ms < 0 ? 'behind' : 'ahead of'}`;
