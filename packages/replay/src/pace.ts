/** How long an agent took between two messages, where that was recorded. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedCall } from './recording.js';

/** What an agent takes when the recording does not say. */
const USUAL_MS = 4_000;
/** A recording that was interrupted is not waited for. */
const LONGEST_MS = 60_000;

export function gapMs(before: RecordedCall | undefined, next: RecordedCall | undefined): number {
  if (before === undefined || next === undefined) return 0;
  if (before.at === undefined || next.at === undefined) return USUAL_MS;
  return Math.min(Math.max(Date.parse(next.at) - Date.parse(before.at), 0), LONGEST_MS);
}

/** `speed` 1 is the recorded pace, 60 a minute a second; undefined does not wait. */
export async function wait(gap: number, speed: number | undefined, signal?: AbortSignal): Promise<void> {
  if (speed === undefined || gap === 0) return;
  await sleep(gap / speed, undefined, signal && { signal });
}
