/** Promises: what the spans of one trace add to the rollups, from the set of them alone: order never matters. */
import type { PriceList } from './prices/price-list.js';
import { MODEL_OPERATIONS, type Span } from './span.js';
import { NO_TOKENS, type Tokens } from './tokens.js';

/** What a span counts as: a node's visit, a model call, a tool call, or none of these. */
export const ROLES = ['visit', 'call', 'tool', 'other'] as const;
export type Role = (typeof ROLES)[number];

/** Evaluations and experiments of the telemetry's own makers are no users' traffic. */
export const TRAFFIC = ['live', 'evaluation'] as const;
export type Traffic = (typeof TRAFFIC)[number];

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

/** One span's share. */
export interface Contribution {
  readonly spanId: string;
  /** Minutes since 1970, of the start. */
  readonly minute: number;
  readonly dimensions: Dimensions;
  readonly user: string | null;
  readonly thread: string | null;
  readonly run: string | null;
  readonly counts: Counts;
  readonly tokens: Tokens;
  /** In 1e-12 USD: as the sender says, and where it says nothing, by the price list. */
  readonly costSent: bigint;
  readonly costPriced: bigint;
  /** The bin of the sketch, null when the duration is unknown. */
  readonly latencyBin: number | null;
  readonly latencyNs: bigint | null;
}

const NS_PER_MINUTE = 60_000_000_000n;

/** In the order of their span ids. */
export function contributions(trace: readonly Span[], _prices: PriceList): Contribution[] {
  return trace.map(contributionOf).sort((a, b) => (a.spanId < b.spanId ? -1 : a.spanId > b.spanId ? 1 : 0));
}

function contributionOf(span: Span): Contribution {
  const called = MODEL_OPERATIONS.has(span.operation);
  const role: Role = called ? 'call' : span.operation === 'execute_tool' ? 'tool' : 'other';
  const { assistant, version, node, tool, model, provider, route, segment, channel, environment } = span;
  return {
    spanId: span.spanId,
    minute: Number(span.start / NS_PER_MINUTE),
    dimensions: {
      role,
      traffic: 'live',
      assistant,
      version,
      node,
      tool,
      model,
      provider,
      route,
      segment,
      channel,
      environment,
    },
    user: span.user,
    thread: span.thread,
    run: span.run,
    counts: {
      spans: 1,
      errors: Number(span.error),
      runs: Number(span.parentSpanId === null),
      runErrors: Number(span.parentSpanId === null && span.error),
      visits: 0,
      calls: Number(role === 'call'),
      toolCalls: Number(role === 'tool'),
      toolErrors: Number(role === 'tool' && span.error),
      unpricedCalls: 0,
      unpricedTokens: 0,
    },
    tokens: called ? (span.tokens ?? NO_TOKENS) : NO_TOKENS,
    costSent: called ? (span.costSent ?? 0n) : 0n,
    costPriced: 0n,
    latencyBin: null,
    latencyNs: span.durationNs,
  };
}
