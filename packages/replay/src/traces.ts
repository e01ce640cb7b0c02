/** What recorded agents said of themselves: the traces of some of the runs, in OTLP's JSON (prisma/seed/tau/SOURCE.md). */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { recordingFile, type RecordedRun } from './recording.js';

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}
interface RecordedSpan {
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
}
export interface Trace {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly RecordedSpan[] }[];
  }[];
}

/** By the run they are of. */
export type Traces = ReadonlyMap<string, Trace>;

export function readTraces(file = join(dirname(recordingFile()), 'spans.jsonl.gz')): Traces {
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  const traces = lines.map((line) => JSON.parse(line) as { run_id: string; payload: Trace });
  return new Map(traces.map(({ run_id: run, payload }) => [run, payload]));
}

/** Such that it ends then, and is the trace that the questions of this run name. `ends`: epoch milliseconds. */
export function traceOf(trace: Trace, run: RecordedRun, assistant: string, ends: number): Trace {
  const spans = trace.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans: of }) => of));
  const last = spans.reduce((latest, { endTimeUnixNano: end }) => max(latest, BigInt(end)), 0n);
  const later = BigInt(ends) * 1_000_000n - last;
  const moved = (nanoseconds: string) => String(BigInt(nanoseconds) + later);
  const now = (span: RecordedSpan): RecordedSpan => ({
    ...span,
    traceId: traceIdOf(run.run),
    startTimeUnixNano: moved(span.startTimeUnixNano),
    endTimeUnixNano: moved(span.endTimeUnixNano),
    attributes: [
      ...span.attributes.filter(({ key }) => !OURS.has(key)),
      said('gen_ai.agent.name', assistant),
      said('gen_ai.conversation.id', `thread/${run.run}`),
      ...(span.parentSpanId === undefined ? rootOf(run) : []),
    ],
  });
  return {
    resourceSpans: trace.resourceSpans.map((resource) => ({
      ...resource,
      scopeSpans: resource.scopeSpans.map((scope) => ({ ...scope, spans: scope.spans.map(now) })),
    })),
  };
}

/** W3C's id of the trace that a run is. */
export const traceIdOf = (run: string): string => createHash('sha256').update(run).digest('hex').slice(0, 32);

/** What only the beginning of a trace says. */
const rootOf = ({ run, domain, membership }: RecordedRun): Attribute[] => [
  said('reeve.run_id', run),
  said('reeve.route', `/chat/${domain}`),
  ...(membership === null ? [] : [said('reeve.segment', membership)]),
];

/** Named anew: after the assistant and the thread that the questions name. */
const OURS: ReadonlySet<string> = new Set(['gen_ai.agent.name', 'gen_ai.conversation.id', 'session.id']);

const said = (key: string, stringValue: string): Attribute => ({ key, value: { stringValue } });
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
