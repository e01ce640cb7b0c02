/** What a recorded call looks like on the wire: the question before it, and the account of it afterwards. */
import { createHash } from 'node:crypto';
import { subjectOf, type RecordedCall, type RecordedRun } from './recording.js';
import { traceIdOf } from './traces.js';

/** AuthZEN evaluation; Reeve's own members are inside `context`. */
export interface Question {
  readonly subject: { readonly type: string; readonly id: string };
  readonly action: { readonly name: 'tools/call' };
  readonly resource: {
    readonly type: 'tool';
    readonly id: string;
    readonly properties: { readonly arguments: RecordedCall['args'] };
  };
  readonly context: { readonly [member: string]: unknown };
}

export interface Answer {
  readonly decision: boolean;
  readonly context: {
    readonly evaluation_id: string;
    readonly effect: string;
    readonly reason: string;
  };
}

/** `read`: the calls whose results the model has seen since its last question. */
export function question(
  run: RecordedRun,
  call: RecordedCall,
  assistant: string,
  read: readonly RecordedCall[],
): Question {
  return {
    subject: subjectOf(run, call),
    action: { name: 'tools/call' },
    resource: { type: 'tool', id: call.tool, properties: { arguments: call.args } },
    context: {
      agent: assistant,
      run_id: run.run,
      thread_id: `thread/${run.run}`,
      channel: 'interactive',
      inputs: read.map(({ tool, digest }) => ({
        source: `tool:${tool}`,
        trust: 'trusted',
        digest: `sha256:${digest}`,
      })),
      ...trace(run, call),
    },
  };
}

/** What came of a call that was allowed, as it was recorded. */
export function outcome(run: RecordedRun, call: RecordedCall, evaluationId: string) {
  return {
    evaluation_id: evaluationId,
    status: call.failed ? 'failed' : 'succeeded',
    arguments: call.args,
    result_digest: `sha256:${call.digest}`,
    ...(call.failed ? { error: { type: 'tool_error' } } : {}),
    ...trace(run, call),
  };
}

/** W3C trace and span ids that every replay derives alike. */
function trace(run: RecordedRun, call: RecordedCall) {
  return { trace_id: traceIdOf(run.run), span_id: spanIdOf(`${run.run} ${call.n}`) };
}

const spanIdOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
