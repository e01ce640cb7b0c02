/**
 * What agents report of themselves, read. Bytes in a dialect go in, spans in Reeve's words come out, and of the spans
 * of a trace what they add to the rollups. Nothing here waits, reads a clock or keeps anything.
 *
 * @example
 * const { spans, rejected } = decodeTraces({ json: body });
 * const shares = contributions(spans.map((raw) => normalise(raw)), prices);
 */
export * from './contributions.js';
export * from './decode/answers.js';
export * from './decode/limits.js';
export { decodeLogs, type DecodedLogs, type GenAiEvent } from './decode/logs.js';
export { decodeMetrics, type DecodedMetrics } from './decode/metrics.js';
export * from './decode/raw-span.js';
export { REFUSALS, RefusedError, UndecodableError, type Refusal, type Rejected } from './decode/refusals.js';
export { decodeTraces, type Body, type DecodedTraces } from './decode/traces.js';
export { merge } from './merge.js';
export { picoUsdOf, USD, usdText } from './money.js';
export { normalise } from './normalise/normalise.js';
export { namesOf } from './prices/model-names.js';
export * from './prices/price-list.js';
export { priceOf, type Call } from './prices/price-of.js';
export { PRICES } from './prices/starting-list.js';
export { spanOfLangfuse, type LangfuseTrace } from './readers/langfuse.js';
export { joinRuns, spanOfLangSmith } from './readers/langsmith.js';
export { ROLES, TRAFFIC, type Role, type Traffic } from './reading.js';
export { LOG_POLICIES, redact, type LogPolicy } from './redact.js';
export { binOf, quantile, RELATIVE_ERROR, valueOf, ZERO_BIN } from './sketch/sketch.js';
export * from './span.js';
export * from './times.js';
export * from './tokens.js';
export { treeOf, type Twig } from './trace-tree.js';
