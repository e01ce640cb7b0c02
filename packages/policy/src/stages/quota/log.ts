/**
 * Spends from one quota key, oldest first: what a rolling window has to remember.
 *
 * Promise: who asks `used` before each spend and stops at N never makes more than N spends in any half-open window
 * [t, t + windowMs), for every sequence of times that does not go back. Up to 64 entries the log is exact; beyond that,
 * entries of the same 1/32 of a window move onto the latest of their times, so allowance returns at most 1/32 of a
 * window late and never early.
 */
import type { QuotaLog } from '../../vocabulary.js';

const ENTRIES_MAX = 64;
const SLICES = 32;

/** Units spent in the window that ends with `now`. A spend counts until exactly `windowMs` after it. */
export function used(log: QuotaLog, now: number, windowMs: number): number {
  let sum = 0;
  for (const [at, count] of log) if (at > now - windowMs) sum += count;
  return sum;
}

/** The log after one more unit. A `now` before the newest entry counts as that entry's time: late, never early. */
export function spend(log: QuotaLog, now: number, windowMs: number): QuotaLog {
  const kept = log.filter(([at]) => at > now - windowMs);
  const last = kept.at(-1);
  if (last !== undefined && last[0] >= now) kept[kept.length - 1] = [last[0], last[1] + 1];
  else kept.push([now, 1]);
  return kept.length > ENTRIES_MAX ? merge(kept, windowMs) : kept;
}

/** The same spends, those after `now` as if they had been made at `now`: an allowance never returns early by it. */
export function notAfter(log: QuotaLog, now: number): QuotaLog {
  if (log.length === 0 || log.at(-1)![0] <= now) return log;
  const before = log.filter(([at]) => at < now);
  const count = log.reduce((sum, [at, units]) => (at < now ? sum : sum + units), 0);
  return count === 0 ? before : [...before, [now, count]];
}

/**
 * The time the next unit is free again, in epoch milliseconds; `now` if one is; null if a quota of none never has one.
 */
export function resetsAt(log: QuotaLog, now: number, windowMs: number, limit: number): number | null {
  if (limit <= 0) return null;
  let left = used(log, now, windowMs);
  if (left < limit) return now;
  for (const [at, count] of log) {
    if (at <= now - windowMs) continue;
    left -= count;
    if (left < limit) return at + windowMs;
  }
  return null;
}

function merge(log: QuotaLog, windowMs: number): QuotaLog {
  const sliceMs = Math.max(1, Math.floor(windowMs / SLICES));
  const merged: [number, number][] = [];
  let slice: number | undefined;
  for (const [at, count] of log) {
    const last = merged.at(-1);
    const own = Math.floor(at / sliceMs);
    if (last !== undefined && own === slice) {
      last[0] = at;
      last[1] += count;
    } else merged.push([at, count]);
    slice = own;
  }
  return merged;
}
