/**
 * What agents report of themselves, read. Bytes in a dialect go in, spans in Reeve's words come out, and of the spans
 * of a trace what they add to the rollups. Nothing here waits, reads a clock or keeps anything.
 */
export * from './contributions.js';
export * from './decode/raw-span.js';
export * from './prices/price-list.js';
export * from './span.js';
export * from './tokens.js';
