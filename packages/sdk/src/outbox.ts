/**
 * Reports on their way. One try each while the caller waits; what may pass later goes into the journal and is tried
 * again, with longer and longer pauses, and when something else got through. What never passes is said, not kept.
 */
import type { Exchange } from './exchange.js';
import { mayPass, type Failure } from './failure.js';
import { isRecord, messageOf } from './json.js';
import type { Entry, Journal } from './journal.js';

export interface Reported {
  readonly reported: true;
  readonly outcomeId: string | null;
  /** What was executed is what was authorised; null when it was not said. */
  readonly argumentsMatch: boolean | null;
  readonly ungoverned: boolean;
}
export interface Unreported {
  readonly reported: false;
  /** It waits in the journal. */
  readonly kept: boolean;
  readonly failure: Failure;
}

export type Send = (entry: Entry) => Promise<Exchange>;
export type Say = (message: string) => void;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

export class Outbox {
  private pauseMs = FIRST_PAUSE_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private flushing: Promise<number> | undefined;

  constructor(
    private readonly send: Send,
    private readonly journal: Journal,
    private readonly say: Say,
  ) {}

  async report(entry: Entry): Promise<Reported | Unreported> {
    const sent = await this.send(entry);
    if (sent.ok) {
      if (this.timer !== undefined) void this.flush();
      return reportedFrom(sent.body);
    }
    return mayPass(sent.failure) ? this.keep(entry, sent.failure) : this.lose(sent.failure);
  }

  private async keep(entry: Entry, failure: Failure): Promise<Unreported> {
    try {
      await this.journal.add(entry);
    } catch (error) {
      return this.lose({ ...failure, message: `${failure.message}; not kept: ${messageOf(error)}` });
    }
    this.later();
    return { reported: false, kept: true, failure };
  }

  /** Sends what waits. Returns how many were sent or refused for good; stops at the first that must wait on. */
  flush(): Promise<number> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.flushing ??= this.sendKept().finally(() => (this.flushing = undefined));
    return this.flushing;
  }

  private async sendKept(): Promise<number> {
    let done = 0;
    try {
      for (;;) {
        const page = await this.journal.oldest();
        if (page.length === 0) {
          this.pauseMs = FIRST_PAUSE_MS;
          return done;
        }
        for (const { id, ...entry } of page) {
          const sent = await this.send(entry);
          if (!sent.ok && mayPass(sent.failure)) {
            this.later();
            return done;
          }
          if (!sent.ok) this.lose(sent.failure);
          await this.journal.remove(id);
          done += 1;
        }
      }
    } catch (error) {
      this.say(`reports that wait cannot be read: ${messageOf(error)}`);
      this.later();
      return done;
    }
  }

  private later(): void {
    if (this.timer !== undefined) return;
    this.timer = setTimeout(() => void this.flush(), this.pauseMs);
    // Waiting is no reason for a process to live on.
    (this.timer as { unref?: () => void }).unref?.();
    this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2);
  }

  private lose(failure: Failure): Unreported {
    this.say(`an outcome was not recorded (${failure.reason}): ${failure.message}`);
    return { reported: false, kept: false, failure };
  }
}

function reportedFrom(body: unknown): Reported {
  const said = isRecord(body) ? body : {};
  return {
    reported: true,
    outcomeId: typeof said['outcome_id'] === 'string' ? said['outcome_id'] : null,
    argumentsMatch: typeof said['arguments_match'] === 'boolean' ? said['arguments_match'] : null,
    ungoverned: said['ungoverned'] === true,
  };
}
