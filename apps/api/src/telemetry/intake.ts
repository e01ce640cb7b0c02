/**
 * The spans of several deliveries, each span once, by their traces; and whose each of them is, so that what is not kept
 * of it is said to everybody who sent it.
 */
import { merge, type Span } from '@reeve/telemetry';
import type { Delivery, Rejection, Unkept } from './span-store.js';

interface Entry {
  span: Span;
  readonly from: Set<number>;
}

export class Intake {
  private readonly byTrace = new Map<string, Map<string, Entry>>();
  private readonly refused: Map<string, Rejection>[];

  constructor(readonly deliveries: readonly Delivery[]) {
    this.refused = deliveries.map(({ rejected }) => new Map(rejected.map((each) => [each.reason, each])));
    for (const [index, { spans }] of deliveries.entries()) for (const span of spans) this.take(index, span);
  }

  /** With no trace left out that has spans, in the order that everybody locks them in. */
  traces(): [traceId: string, spans: Span[]][] {
    return [...this.byTrace]
      .filter(([, entries]) => entries.size > 0)
      .map(([traceId, entries]): [string, Span[]] => [traceId, [...entries.values()].map(({ span }) => span)])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Leaves out each span that `objection` has a reason against. */
  refuse(objection: (span: Span) => Unkept | null): void {
    for (const entries of this.byTrace.values())
      for (const entry of entries.values()) {
        const reason = objection(entry.span);
        if (reason !== null) this.leaveOut(entry, reason);
      }
  }

  refuseTrace(traceId: string, reason: Unkept): void {
    for (const entry of this.byTrace.get(traceId)?.values() ?? []) this.leaveOut(entry, reason);
  }

  /** Of these spans all that are there already, and as many others as there is room for. */
  atMost(spans: readonly Span[], room: number, isThere: (span: Span) => boolean, reason: Unkept): Span[] {
    let left = room;
    return spans.filter((span) => {
      if (isThere(span) || left-- > 0) return true;
      this.leaveOut(this.byTrace.get(span.traceId)!.get(span.spanId)!, reason);
      return false;
    });
  }

  /** Of each delivery, with what was found before. */
  rejected(): Rejection[][] {
    return this.refused.map((reasons) => [...reasons.values()]);
  }

  private take(index: number, span: Span): void {
    const entries = this.byTrace.get(span.traceId) ?? new Map<string, Entry>();
    this.byTrace.set(span.traceId, entries);
    const there = entries.get(span.spanId);
    if (there === undefined) entries.set(span.spanId, { span, from: new Set([index]) });
    else {
      there.span = merge(there.span, span);
      there.from.add(index);
    }
  }

  private leaveOut({ span, from }: Entry, reason: Unkept): void {
    this.byTrace.get(span.traceId)?.delete(span.spanId);
    for (const index of from) {
      const reasons = this.refused[index]!;
      const { count, sample } = reasons.get(reason) ?? { count: 0, sample: sampleOf(span) };
      reasons.set(reason, { reason, count: count + 1, sample });
    }
  }
}

/** Its ids, to look for it at the sender. */
export const sampleOf = ({ traceId, spanId }: Pick<Span, 'traceId' | 'spanId'>): string =>
  `trace ${traceId} span ${spanId}`;
