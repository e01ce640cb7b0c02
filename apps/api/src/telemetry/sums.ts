/**
 * Numbers of a contribution as a list, in the order of the columns of `rollup`: what adds up, adds up, and what was added
 * can be taken back.
 */
import { TOKEN_KINDS, type Contribution, type Counts } from '@reeve/telemetry';

const COUNTS = [
  ['spans', 'spans'],
  ['errors', 'errors'],
  ['runs', 'runs'],
  ['runErrors', 'run_errors'],
  ['visits', 'visits'],
  ['calls', 'calls'],
  ['toolCalls', 'tool_calls'],
  ['toolErrors', 'tool_errors'],
  ['unpricedCalls', 'unpriced_calls'],
  ['unpricedTokens', 'unpriced_tokens'],
] as const satisfies readonly (readonly [keyof Counts, string])[];

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const SUM_COLUMNS: readonly string[] = [
  ...COUNTS.map(([, column]) => column),
  ...TOKEN_KINDS.map(snake),
  'cost_sent',
  'cost_priced',
  'timed',
  'latency_ns',
];

/** Those of them that a user's spend has. */
export const SPEND_COLUMNS = [
  'calls',
  'unpriced_calls',
  'unpriced_tokens',
  ...TOKEN_KINDS.map(snake),
  'cost_sent',
  'cost_priced',
];
export const SPEND_AT = SPEND_COLUMNS.map((column) => SUM_COLUMNS.indexOf(column));

export type Sums = readonly bigint[];

export const NO_SUMS: Sums = SUM_COLUMNS.map(() => 0n);

export function sumsOf({ counts, tokens, costSent, costPriced, latencyBin, latencyNs }: Contribution): Sums {
  const timed = latencyBin !== null && latencyNs !== null;
  return [
    ...COUNTS.map(([name]) => BigInt(counts[name])),
    ...TOKEN_KINDS.map((kind) => BigInt(tokens[kind])),
    costSent,
    costPriced,
    timed ? 1n : 0n,
    timed ? latencyNs : 0n,
  ];
}

export const plus = (a: Sums, b: Sums): Sums => a.map((each, i) => each + b[i]!);
export const minus = (a: Sums, b: Sums): Sums => a.map((each, i) => each - b[i]!);
export const isNothing = (sums: Sums): boolean => sums.every((each) => each === 0n);
