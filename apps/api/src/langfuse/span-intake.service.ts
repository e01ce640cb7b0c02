/** Observations become spans here, and take the door that every span takes. */
import { Injectable } from '@nestjs/common';
import { RefusedError, spanOfLangfuse, type LangfuseTrace, type Span } from '@reeve/telemetry';
import pLimit from 'p-limit';
import { Ingest } from '../telemetry/ingest.service.js';
import type { LangfuseApi, Row } from './langfuse-api.js';
import { LangfuseError } from './langfuse-error.js';
import { traceIdOf } from './trace-id.js';

/** Traces of v1 that are asked for at once. */
const AT_ONCE = 4;
/** All of those of a page: less than a lease. What was said until then is remembered. */
const TRACES_MS = 60_000;
/** Traces that are remembered: those of the pages before. */
const KNOWN_MAX = 1_000;

@Injectable()
export class SpanIntake {
  private readonly known = new Map<string, LangfuseTrace>();

  constructor(private readonly ingest: Ingest) {}

  /** Answers with how many were not kept; the receiver's state says why. */
  async take(
    tenantId: string,
    rows: readonly Row[],
    outside: number,
    traces?: ReadonlyMap<string, LangfuseTrace>,
  ): Promise<number> {
    const spans: Span[] = [];
    const refused = new Map<string, { count: number; sample: string }>();
    if (outside > 0) refused.set('outside_window', { count: outside, sample: '' });
    for (const row of rows)
      try {
        spans.push(spanOf(row, traces));
      } catch (error) {
        // Whatever is wrong with one row, its neighbours are taken.
        const reason = error instanceof RefusedError ? error.reason : 'malformed';
        const { count, sample } = refused.get(reason) ?? { count: 0, sample: sampleOf(row) };
        refused.set(reason, { count: count + 1, sample });
      }
    const rejected = [...refused].map(([reason, each]) => ({ reason, ...each }));
    const unkept = await this.ingest.take(tenantId, { keyId: null, receiver: 'langfuse', spans, rejected });
    return unkept.reduce((sum, { count }) => sum + count, 0);
  }

  /** What v1 says of users, sessions and the like, which it says of traces only. */
  async traces(
    api: LangfuseApi,
    { connectionId }: { readonly connectionId: string },
    rows: readonly Row[],
  ): Promise<ReadonlyMap<string, LangfuseTrace>> {
    const limit = pLimit(AT_ONCE);
    const until = performance.now() + TRACES_MS;
    const ids = [...new Set(rows.map((row) => row['traceId']))].filter((id) => typeof id === 'string');
    const found = await Promise.all(
      ids.map((id) =>
        limit(async (): Promise<[string, LangfuseTrace]> => {
          const key = `${connectionId}/${id}`;
          if (performance.now() > until) throw new LangfuseError('too_slow', 'no whole page in time');
          const trace = this.known.get(key) ?? ((await api.trace(id)) as LangfuseTrace | null) ?? {};
          if (this.known.size >= KNOWN_MAX) this.known.clear();
          this.known.set(key, trace);
          return [id, trace];
        }),
      ),
    );
    return new Map(found);
  }
}

/** The id that Langfuse knows the trace by stays with it, where OTLP would have another: a link there needs it. */
function spanOf(row: Row, traces: ReadonlyMap<string, LangfuseTrace> = NONE): Span {
  const { traceId: said } = row;
  if (typeof said !== 'string' || said === '') return spanOfLangfuse(row);
  const traceId = traceIdOf(said);
  const span = spanOfLangfuse({ ...withoutContent(row), traceId }, traces.get(said));
  return traceId === said ? span : { ...span, attributes: { ...span.attributes, [TRACE_ID]: said } };
}
const NONE: ReadonlyMap<string, LangfuseTrace> = new Map();
const TRACE_ID = 'langfuse.trace.id';

/** Prompts and answers stay in Langfuse; v1 sends them without being asked. */
const withoutContent = ({ input: _, output: __, ...row }: Row): Row => row;

const sampleOf = ({ traceId, id }: Row): string => `trace ${text(traceId)} span ${text(id)}`;
const text = (json: unknown): string => (typeof json === 'string' ? json.slice(0, 64) : '?');
