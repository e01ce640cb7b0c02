/**
 * Promises: what the spans of one trace add to the rollups, from the set of them alone: order never matters, so a root
 * that comes last moves what came before it. Storage keeps what it added for each span and adds the difference.
 */
import type { PriceList } from './prices/price-list.js';
import { priceOf } from './prices/price-of.js';
import { binOf } from './sketch/sketch.js';
import { Reading, type Role, type Traffic } from './reading.js';
import type { Span } from './span.js';
import { inputOf, NO_TOKENS, outputOf, type Tokens } from './tokens.js';
import { treeOf } from './trace-tree.js';

/** What rollups are kept by. A tool has a name on tool calls only, a model and provider on model calls only. */
export interface Dimensions {
  readonly role: Role;
  readonly traffic: Traffic;
  readonly assistant: string | null;
  readonly version: string | null;
  readonly node: string | null;
  readonly tool: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly route: string | null;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly environment: string | null;
}

/** Numbers that add up over contributions. */
export interface Counts {
  readonly spans: number;
  readonly errors: number;
  /** Spans without a parent. */
  readonly runs: number;
  readonly runErrors: number;
  readonly visits: number;
  readonly calls: number;
  readonly toolCalls: number;
  readonly toolErrors: number;
  /** Calls that neither the sender nor the price list puts a price on, and their tokens. */
  readonly unpricedCalls: number;
  readonly unpricedTokens: number;
}

/** What one span adds. */
export interface Contribution {
  readonly spanId: string;
  /** Minutes since 1970, of the start. */
  readonly minute: number;
  readonly dimensions: Dimensions;
  readonly user: string | null;
  readonly thread: string | null;
  /** The run that was named, else the trace. */
  readonly run: string;
  readonly counts: Counts;
  readonly tokens: Tokens;
  /** In 1e-12 USD: as the sender says, and where it says nothing, by the price list. */
  readonly costSent: bigint;
  readonly costPriced: bigint;
  /** The bin of the sketch, null when the duration is unknown. */
  readonly latencyBin: number | null;
  readonly latencyNs: bigint | null;
}

/** In the order of their span ids. */
export function contributions(trace: readonly Span[], prices: PriceList): Contribution[] {
  const twigs = treeOf(trace);
  const reading = new Reading(twigs);
  return twigs
    .map((twig) => contributionOf(twig.span, reading, prices))
    .sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
}

const NS_PER_MINUTE = 60_000_000_000n;

function contributionOf(span: Span, reading: Reading, prices: PriceList): Contribution {
  const { node, role } = reading.placeOf(span);
  const wide = reading.wideOf(span);
  const isCall = role === 'call';
  const isTool = role === 'tool';
  const failed = Number(span.error);
  const isRun = span.parentSpanId === null;
  const tokens = isCall ? (span.tokens ?? NO_TOKENS) : NO_TOKENS;
  const priced = isCall && span.costSent === null ? priceOf(span, prices) : null;
  const unpriced = isCall && span.costSent === null && priced === null;
  return {
    spanId: span.spanId,
    minute: Number(span.start / NS_PER_MINUTE),
    dimensions: {
      role,
      traffic: reading.traffic,
      assistant: wide.assistant,
      version: wide.version,
      node,
      tool: isTool ? span.tool : null,
      model: isCall ? span.model : null,
      provider: isCall ? span.provider : null,
      route: wide.route,
      segment: wide.segment,
      channel: wide.channel,
      environment: wide.environment,
    },
    user: wide.user,
    thread: wide.thread,
    run: wide.run ?? span.traceId,
    counts: {
      spans: 1,
      errors: failed,
      runs: Number(isRun),
      runErrors: isRun ? failed : 0,
      visits: Number(role === 'visit'),
      calls: Number(isCall),
      toolCalls: Number(isTool),
      toolErrors: isTool ? failed : 0,
      unpricedCalls: Number(unpriced),
      unpricedTokens: unpriced ? inputOf(tokens) + outputOf(tokens) : 0,
    },
    tokens,
    costSent: isCall ? (span.costSent ?? 0n) : 0n,
    costPriced: priced ?? 0n,
    latencyBin: span.durationNs === null ? null : binOf(span.durationNs),
    latencyNs: span.durationNs,
  };
}
