/**
 * What agents report of themselves, read. Bytes in a dialect go in, spans in Reeve's words come out, and of the spans
 * of a trace what they add to the rollups. Nothing here waits, reads a clock or keeps anything.
 */
export * from './contributions.js';
export * from './decode/answers.js';
export * from './decode/limits.js';
export * from './decode/raw-span.js';
export { REFUSALS, UndecodableError, type Refusal, type Rejected } from './decode/refusals.js';
export { decodeTraces, type Body, type DecodedTraces } from './decode/traces.js';
export * from './prices/price-list.js';
export * from './span.js';
export * from './times.js';
export * from './tokens.js';
