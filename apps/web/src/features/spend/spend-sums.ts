/** Sums of spends: parts that add up, and a cost that is "at least" where a call has no price. */
import { usd } from '../../shared/format.js';

export interface Tokens {
  readonly inputUncached: number;
  readonly inputCacheRead: number;
  readonly inputCacheWrite: number;
  readonly inputAudio: number;
  readonly outputText: number;
  readonly outputReasoning: number;
  readonly outputAudio: number;
}

/** The figures of a row, each of which is a sum. */
export const FIGURES = [
  'calls',
  'costUsd',
  'unpricedCalls',
  'unpricedTokens',
  'inputUncached',
  'inputCacheRead',
  'inputCacheWrite',
  'inputAudio',
  'outputText',
  'outputReasoning',
  'outputAudio',
] as const;

export interface Priced {
  readonly calls: number;
  readonly costUsd: number;
  readonly unpricedCalls: number;
}

export const inputOf = (of: Tokens): number =>
  of.inputUncached + of.inputCacheRead + of.inputCacheWrite + of.inputAudio;
export const outputOf = (of: Tokens): number => of.outputText + of.outputReasoning + of.outputAudio;

export const costOf = (rows: readonly Pick<Priced, 'costUsd'>[]): number =>
  rows.reduce((sum, { costUsd }) => sum + costUsd, 0);
export const unpricedOf = (rows: readonly Pick<Priced, 'unpricedCalls'>[]): number =>
  rows.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0);

/** `$4.10`, `at least $4.10`; `not priced` where no call has a price. */
export function costText({ calls, costUsd, unpricedCalls }: Priced): string {
  if (calls > 0 && unpricedCalls === calls) return 'not priced';
  return unpricedCalls > 0 ? `at least ${usd(costUsd)}` : usd(costUsd);
}
