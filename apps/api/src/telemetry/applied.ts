/** The part of the rollups that is one span's: kept beside it, so that it can be taken back whatever has changed since. */
import type { Contribution } from '@reeve/telemetry';
import { sumsOf, SUM_COLUMNS, type Sums } from './sums.js';

export interface Applied {
  readonly seriesId: string;
  readonly minute: number;
  /** null: its duration is unknown, or not to be in a percentile. */
  readonly bin: number | null;
  readonly sums: Sums;
  /** A pseudonym. */
  readonly user: string | null;
}

export const appliedOf = (of: Contribution, seriesId: string, user: string | null): Applied => ({
  seriesId,
  minute: of.minute,
  bin: of.latencyNs === null ? null : of.latencyBin,
  sums: sumsOf(of),
  user,
});

/** All but the user, who stands in a column, to be erased. */
export const textOf = ({ seriesId, minute, bin, sums }: Applied): string =>
  [seriesId, minute, bin ?? '', ...sums.map((each) => (each === 0n ? '' : each))].join(' ');

export function readApplied(text: string, user: string | null): Applied {
  const [seriesId, minute, bin, ...sums] = text.split(' ');
  if (seriesId === undefined || minute === undefined || sums.length !== SUM_COLUMNS.length)
    throw new Error('what was applied of a span can not be read');
  return {
    seriesId,
    minute: Number(minute),
    bin: bin === undefined || bin === '' ? null : Number(bin),
    sums: sums.map((each) => (each === '' ? 0n : BigInt(each))),
    user,
  };
}

export const isSame = (a: Applied, b: Applied): boolean => a.user === b.user && textOf(a) === textOf(b);
