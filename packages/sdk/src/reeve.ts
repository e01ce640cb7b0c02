/**
 * An agent's side of Reeve: ask, report, and both around a tool.
 *
 * Promises: nothing here throws but the tool itself. Whatever is not `decision: true` from Reeve is a no with its
 * reason, unless reads are opened (`failMode`), and that is said aloud and recorded as ungoverned.
 */
import {
  noAnswer,
  opens,
  readAnswer,
  type Answer,
  type FailMode,
  type ToolClass,
  type Yes,
} from './answer.js';
import { exchange, type Endpoint, type Exchange } from './exchange.js';
import type { Failure } from './failure.js';
import { guard, type Guarded, type GuardedCall, type GuardOptions } from './guard.js';
import { isRecord, textOf } from './json.js';
import { memoryJournal, type Entry, type Journal } from './journal.js';
import { Outbox, type Reported, type Unreported } from './outbox.js';
import type {
  Context,
  EvaluationBody,
  JsonObject,
  OutcomeReport,
  Subject,
  UngovernedReport,
} from './wire.js';

export interface ReeveOptions {
  /** Where Reeve is, e.g. `http://127.0.0.1:4600`. */
  readonly url: string;
  /** An agent key, `rvk_agent_…`. */
  readonly key: string | undefined;
  /** The assistant that asks, for every question that names none. */
  readonly agent?: string;
  /** All a question may take, its one retry included. 5 s. */
  readonly timeoutMs?: number;
  readonly failMode?: FailMode;
  /** Where reports wait that could not be sent: in memory, or on disk with `fileJournal` of `@reeve/sdk/node`. */
  readonly journal?: Journal;
  /** What an operator should see: an opened call, a lost report. `console.warn` when it is not said. */
  readonly warn?: (message: string) => void;
  readonly fetch?: typeof globalThis.fetch;
}

/** One tool call. `toolClass` matters to `failMode` only; Reeve goes by its own. */
export interface ToolCall {
  readonly subject: Subject;
  readonly tool: string;
  readonly arguments?: JsonObject;
  readonly context?: Context;
  readonly toolClass?: ToolClass;
}

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

const EVALUATION = '/access/v1/evaluation';
const TIMEOUT_MS = 5_000;
const TIMEOUT_MS_MAX = 600_000;
/** Before a 503 is asked again: long enough to be another moment, and not the same one for every agent. */
const PAUSE_MS = { least: 50, jitter: 200 } as const;

export class Reeve {
  private readonly endpoint: Endpoint;
  private readonly agent: string | undefined;
  private readonly timeoutMs: number;
  private readonly failMode: FailMode;
  private readonly say: (message: string) => void;
  private readonly outbox: Outbox;

  constructor(options: ReeveOptions) {
    const { url, key, agent, timeoutMs, failMode, journal, warn, fetch = globalThis.fetch } = options;
    this.endpoint = { url, key: key ?? '', fetch };
    this.agent = agent;
    this.timeoutMs = usable(timeoutMs) ?? TIMEOUT_MS;
    this.failMode = failMode ?? {};
    this.say = aloud(warn);
    const send = ({ path, body }: Entry) => exchange(this.endpoint, path, body, this.timeoutMs);
    this.outbox = new Outbox(send, journal ?? memoryJournal(), this.say);
    // What an earlier process could not send.
    if (journal !== undefined) void this.outbox.flush();
  }

  /** May this be done? A tool call, or any AuthZEN question. */
  async ask(question: ToolCall | EvaluationBody, options: AskOptions = {}): Promise<Answer> {
    const wrong = wrongIn(question);
    if (wrong !== null) return noAnswer({ reason: 'invalid_question', message: wrong });
    const body = textOf(() => bodyOf(question, this.agent));
    if (!body.ok) return noAnswer({ reason: 'invalid_question', message: `the question ${body.why}` });
    const answer = await this.evaluate(body.text, options);
    if (answer.ok) return readAnswer(answer.body);
    const { failure } = answer;
    const toolClass = 'tool' in question ? question.toolClass : undefined;
    if (!opens(failure, toolClass, this.failMode)) return noAnswer(failure);
    this.say(`fail-open: a read runs unchecked (${failure.reason}: ${failure.message})`);
    return { decision: true, source: 'fail_open', failure };
  }

  /** What came of it. Kept, and sent later, when it cannot be sent now. */
  async report(report: OutcomeReport | UngovernedReport): Promise<Reported | Unreported> {
    const said = textOf(() => reportOf(report, this.agent));
    if (said.ok && isRecord(report))
      return this.outbox.report({
        path: 'evaluation_id' in report ? '/v1/outcomes' : '/v1/outcomes/ungoverned',
        body: said.text,
      });
    const why = said.ok ? 'is no object' : said.why;
    this.say(`an outcome was not recorded: it ${why}`);
    const failure: Failure = { reason: 'invalid_question', message: `the report ${why}` };
    return { reported: false, kept: false, failure };
  }

  /** `run` behind a question and before a report, as one function of its arguments and of who asks. */
  guard<Arguments extends JsonObject, Result>(
    tool: string,
    run: (args: Arguments, answer: Yes) => Result | Promise<Result>,
    options: GuardOptions = {},
  ): (args: Arguments, call: GuardedCall) => Promise<Guarded<Result>> {
    return guard(this, tool, run, options);
  }

  /** Sends what waits in the journal; how many were sent, or refused for good. */
  flush(): Promise<number> {
    return this.outbox.flush();
  }

  /**
   * A 503 is asked once more: nothing was decided. Nothing else is: after a broken connection or a time-out it may have
   * been, and asking again would spend a second time from a quota.
   */
  private async evaluate(body: string, { signal, timeoutMs }: AskOptions): Promise<Exchange> {
    const withinMs = usable(timeoutMs) ?? this.timeoutMs;
    const until = performance.now() + withinMs;
    const first = await exchange(this.endpoint, EVALUATION, body, withinMs, signal);
    if (first.ok || first.failure.reason !== 'unavailable') return first;
    const wantedMs = (first.failure.retryAfterSeconds ?? 0) * 1000;
    const pauseMs = Math.max(wantedMs, PAUSE_MS.least + Math.random() * PAUSE_MS.jitter);
    if (performance.now() + pauseMs >= until) return first;
    await sleep(pauseMs, signal);
    return exchange(this.endpoint, EVALUATION, body, until - performance.now(), signal);
  }
}

/** What a compiler would have said; also asked at run time, since what is opened was not looked at by anybody else. */
function wrongIn(question: unknown): string | null {
  if (!isRecord(question)) return 'the question is no object';
  const { subject, tool, context } = question;
  if (!isRecord(subject) || typeof subject['type'] !== 'string' || typeof subject['id'] !== 'string')
    return 'the subject has no type and id';
  if ('tool' in question && (typeof tool !== 'string' || tool === '')) return 'the tool has no name';
  return context === undefined || isRecord(context) ? null : 'the context is no object';
}

function bodyOf(question: ToolCall | EvaluationBody, agent: string | undefined): EvaluationBody {
  const context = { ...(agent === undefined ? {} : { agent }), ...question.context };
  if (!('tool' in question)) return { ...question, context };
  return {
    subject: question.subject,
    action: { name: 'tools/call' },
    resource: { type: 'tool', id: question.tool, properties: { arguments: question.arguments ?? {} } },
    context,
  };
}

const reportOf = (report: OutcomeReport | UngovernedReport, agent: string | undefined) =>
  'evaluation_id' in report || agent === undefined ? report : { agent, ...report };

/** A time that a timer can count. */
const usable = (ms: number | undefined): number | undefined =>
  ms !== undefined && ms > 0 ? Math.min(ms, TIMEOUT_MS_MAX) : undefined;

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}

/** A listener that throws must not become a tool's error. */
const aloud =
  (warn: ((message: string) => void) | undefined) =>
  (message: string): void => {
    try {
      // oxlint-disable-next-line no-console -- the one place where an operator who set nothing up can hear it
      (warn ?? console.warn)(`reeve: ${message}`);
    } catch {
      // Nobody is left to tell.
    }
  };
