/** Buckets that a time is cut into for a chart. */
import { EFFECTS, type Effect } from '@reeve/policy';
import type { EffectBucket, EffectCounts } from './overview.model.js';

const STEPS_SECONDS = [
  1, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400, 604_800,
];
const BUCKETS_MAX = 120;

/** The finest step that keeps a chart within 120 buckets. */
export function bucketSecondsFor(from: Date, to: Date): number {
  const seconds = (to.getTime() - from.getTime()) / 1000;
  return STEPS_SECONDS.find((step) => seconds / step <= BUCKETS_MAX) ?? STEPS_SECONDS.at(-1)!;
}

type Counts = { [effect in Effect]: number };
const none = (): Counts => Object.fromEntries(EFFECTS.map((effect) => [effect, 0])) as Counts;

/** Counts are zero where nothing was counted: here a gap would say that we do not know. */
export function seriesOf(
  rows: readonly { at: Date; effect: Effect; count: number }[],
  from: Date,
  to: Date,
  bucketSeconds: number,
): EffectBucket[] {
  const stepMs = bucketSeconds * 1000;
  const buckets = new Map<number, EffectBucket>();
  for (let at = Math.floor(from.getTime() / stepMs) * stepMs; at < to.getTime(); at += stepMs)
    buckets.set(at, { at: new Date(at), ...none() });
  for (const { at, effect, count } of rows) {
    const bucket = buckets.get(at.getTime());
    if (bucket !== undefined) bucket[effect] = count;
  }
  return [...buckets.values()];
}

export function totalsOf(rows: readonly { effect: Effect; count: number }[]): EffectCounts {
  const totals = { evaluations: 0, ...none() };
  for (const { effect, count } of rows) {
    totals[effect] += count;
    totals.evaluations += count;
  }
  return totals;
}
