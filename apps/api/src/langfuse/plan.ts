/** Which time is pulled next, and how long to wait after a failure. Pure. */
import type { Window } from './langfuse-api.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const PULL_EVERY_MS = MINUTE;
/** After a pull that was given up. */
export const AGAIN_MS = 5 * MINUTE;
/**
 * Langfuse has an observation some time after it began: when it ended, was sent and was worked in. So each window
 * reaches back, and the first one of an hour reaches further back.
 */
const OVERLAP_MS = 15 * MINUTE;
const OVERLAP_HOURLY_MS = 6 * HOUR;
const WAIT_MS_MAX = 5 * MINUTE;

/** `watermark`: where the last one ended; one that lies ahead is of a clock that was wrong. */
export function nextWindow(watermark: Date | null, createdAt: Date, now: Date): Window {
  const reachesFar = watermark === null || hourOf(watermark) !== hourOf(now);
  const since = Math.min((watermark ?? createdAt).getTime(), now.getTime());
  return { from: new Date(since - (reachesFar ? OVERLAP_HOURLY_MS : OVERLAP_MS)), to: now };
}

const hourOf = (at: Date): number => Math.floor(at.getTime() / HOUR);

/** 5 s, 10 s, 20 s, ... after so many failures. */
export const waitMs = (failures: number): number => Math.min(5_000 * 2 ** failures, WAIT_MS_MAX);
