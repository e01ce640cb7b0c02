/** What rollups are counted apart by. A tenant's dimension has so many values at most; whatever comes later is `OTHER`. */
import { createHash } from 'node:crypto';
import type { Dimensions } from '@reeve/telemetry';

/** The dimensions whose values senders choose. */
export const BOUNDED = [
  'assistant',
  'version',
  'node',
  'tool',
  'model',
  'provider',
  'route',
  'segment',
  'channel',
  'environment',
] as const;
export type Bounded = (typeof BOUNDED)[number];

/** In the order of the columns of `series`. */
export const DIMENSIONS = ['role', 'traffic', ...BOUNDED] as const;

export const OTHER = '(other)';
/** Where the spend of users goes that are too many to be told apart: no pseudonym is zero. */
export const OTHER_USER = '00000000-0000-0000-0000-000000000000';

/** Where one dimension has too many values. */
export const VALUES_MAX = 200;
export const USERS_MAX = 20_000;
/** Folded values that are counted; of more it is known only that there are more. */
export const FOLDED_MAX = 1_000;
/** Series of one tenant: the dimensions are bounded, their product is not. */
export const SERIES_MAX = 20_000;
const CHARACTERS_MAX = 200;

export const valueOf = (value: string): string => value.slice(0, CHARACTERS_MAX);

/** With each value as `fold` has it. */
export const folded = (of: Dimensions, fold: (dimension: Bounded, value: string) => string): Dimensions => ({
  ...of,
  ...Object.fromEntries(
    BOUNDED.map((name) => [name, of[name] === null ? null : fold(name, valueOf(of[name]))]),
  ),
});

/** What is left to be told apart where there are too many series. */
export const collapsed = (of: Dimensions): Dimensions => ({
  ...of,
  ...Object.fromEntries(BOUNDED.map((name) => [name, OTHER])),
});

/** 64 bits of a hash, so that every process names a series alike without asking. */
export function seriesIdOf(of: Dimensions): string {
  const text = JSON.stringify(DIMENSIONS.map((name) => of[name]));
  return String(createHash('sha256').update(text).digest().readBigInt64BE());
}
