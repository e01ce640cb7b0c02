/**
 * A tool behind its question. What runs is what was asked about, to the last character: the tool gets a copy of its own,
 * made from the very text that was sent. What came of it is reported whether the tool returns or throws.
 */
import { noAnswer, type Answer, type No, type ToolClass, type Yes } from './answer.js';
import { messageOf, parse, storable, textOf, typeOf } from './json.js';
import type { Reported, Unreported } from './outbox.js';
import type { Context, Json, JsonObject, OutcomeReport, Subject, UngovernedReport } from './wire.js';

export interface GuardOptions {
  /** For `failMode`: reads alone can be opened. */
  readonly toolClass?: ToolClass;
  /** What of a result is reported: its SHA-256 unless told otherwise. */
  readonly results?: 'none' | 'digest' | 'full';
  /** `queued`: the tool's result does not wait until its report has arrived. */
  readonly reports?: 'awaited' | 'queued';
}

export interface GuardedCall {
  readonly subject: Subject;
  readonly context?: Context;
  readonly signal?: AbortSignal;
}

export type Guarded<Result> =
  | {
      readonly ran: true;
      readonly result: Result;
      readonly answer: Yes;
      /** null: it is on its way, or there is nothing to report to. */
      readonly report: Reported | Unreported | null;
    }
  | { readonly ran: false; readonly answer: No };

interface AsksAndReports {
  ask(
    question: {
      subject: Subject;
      tool: string;
      arguments: JsonObject;
      context?: Context;
      toolClass?: ToolClass;
    },
    options: { signal?: AbortSignal | undefined },
  ): Promise<Answer>;
  report(report: OutcomeReport | UngovernedReport): Promise<Reported | Unreported>;
}

type What = Omit<OutcomeReport, 'evaluation_id' | 'status'>;
type Tell = (status: 'succeeded' | 'failed', what: What) => Promise<Reported | Unreported | null>;

/** A larger result goes as its digest. */
const RESULT_CHARS = 200_000;

export const guard =
  <Arguments extends JsonObject, Result>(
    reeve: AsksAndReports,
    tool: string,
    run: (args: Arguments, answer: Yes) => Result | Promise<Result>,
    { toolClass, results = 'digest', reports = 'awaited' }: GuardOptions,
  ) =>
  async (args: Arguments, call: GuardedCall): Promise<Guarded<Result>> => {
    const { subject, context = {}, signal } = call;
    const asked = textOf(() => args);
    if (!asked.ok) return refused('invalid_question', `the arguments ${asked.why}`);
    const answer = await reeve.ask(
      {
        subject,
        tool,
        arguments: parse(asked.text) as JsonObject,
        context,
        ...(toolClass === undefined ? {} : { toolClass }),
      },
      { signal },
    );
    if (!answer.decision) return { ran: false, answer };

    const startedAt = new Date();
    const began = performance.now();
    const tell = teller(reeve, answer, { subject, tool, context });
    const what = (): What => ({
      arguments: parse(asked.text) as Json,
      started_at: startedAt.toISOString(),
      ended_at: new Date().toISOString(),
      latency_ms: performance.now() - began,
      ...(context.trace_id === undefined ? {} : { trace_id: context.trace_id }),
      ...(context.span_id === undefined ? {} : { span_id: context.span_id }),
    });
    const account = async (...outcome: Parameters<Tell>) => {
      const told = tell(...outcome);
      return reports === 'queued' ? null : told;
    };

    if (signal?.aborted === true) {
      if (answer.source === 'reeve' && answer.evaluationId !== null)
        await reeve.report({ evaluation_id: answer.evaluationId, status: 'not_executed' });
      return refused('aborted', 'the caller gave up');
    }
    let result: Result;
    try {
      result = await run(parse(asked.text) as Arguments, answer);
    } catch (thrown) {
      const error = { type: storable(typeOf(thrown), 256), message: storable(messageOf(thrown), 10_000) };
      await account('failed', { ...what(), error });
      throw thrown; // the tool's own, as if nobody stood before it
    }
    const report = await account('succeeded', { ...what(), ...(await resultOf(result, results)) });
    return { ran: true, result, answer, report };
  };

const refused = (reason: 'invalid_question' | 'aborted', message: string) =>
  ({ ran: false, answer: noAnswer({ reason, message }) }) as const;

function teller(
  reeve: AsksAndReports,
  answer: Yes,
  { subject, tool, context }: { subject: Subject; tool: string; context: Context },
): Tell {
  if (answer.source === 'reeve') {
    const { evaluationId } = answer;
    if (evaluationId === null) return () => Promise.resolve(null);
    return (status, what) => reeve.report({ ...what, evaluation_id: evaluationId, status });
  }
  const { agent, run_id, thread_id } = context;
  return (status, what) =>
    reeve.report({
      ...what,
      report_id: crypto.randomUUID(),
      cause: 'no_answer',
      subject: { type: subject.type, id: subject.id },
      tool,
      ...(agent === undefined ? {} : { agent }),
      ...(run_id === undefined ? {} : { run_id }),
      ...(thread_id === undefined ? {} : { thread_id }),
      status,
    });
}

/** Nothing for a result that JSON cannot say. */
async function resultOf(result: unknown, wanted: 'none' | 'digest' | 'full'): Promise<What> {
  if (wanted === 'none') return {};
  const said = textOf(() => result);
  if (!said.ok) return {};
  if (wanted === 'full' && said.text.length <= RESULT_CHARS) return { result: parse(said.text) as Json };
  if (globalThis.crypto?.subtle === undefined) return {};
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(said.text));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { result_digest: `sha256:${hex}` };
}
