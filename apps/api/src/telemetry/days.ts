/** UTC days as `YYYY-MM-DD`: which partition a trace is in. */
const NS_PER_MS = 1_000_000n;
const DAY_MS = 86_400_000;

export const dayOf = (startNs: bigint): string => dayAt(Number(startNs / NS_PER_MS));

const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const daysLater = (day: string, days: number): string => dayAt(Date.parse(day) + days * DAY_MS);

/** A clock may be ahead: tomorrow is taken. What begins later belongs to no day that there is. */
const AHEAD_DAYS = 1;

export interface Window {
  readonly oldest: string;
  readonly newest: string;
}

/** Days whose spans are taken of a tenant that keeps so many. */
export const windowOf = (today: string, keptDays: number): Window => ({
  oldest: daysLater(today, -keptDays),
  newest: daysLater(today, AHEAD_DAYS),
});
