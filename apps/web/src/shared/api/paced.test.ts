import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { paced } from './paced.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A task that takes as long as one says, with how often it began and ended. */
function slow(ms: number) {
  const seen = { began: 0, ended: 0 };
  const task = async () => {
    seen.began++;
    await new Promise((resolve) => setTimeout(resolve, ms));
    seen.ended++;
  };
  return { seen, task };
}

it('comes to an end each time, however fast it is asked', async () => {
  const { seen, task } = slow(3_000);
  const reading = paced(task, 1_000);
  const asking = setInterval(reading.ask, 100);
  await vi.advanceTimersByTimeAsync(20_000);
  clearInterval(asking);
  expect(seen).toEqual({ began: 5, ended: 4 });
});

it('is done once more for what came while it was done, and then rests', async () => {
  const { seen, task } = slow(500);
  const reading = paced(task, 1_000);
  reading.ask();
  reading.ask();
  await vi.advanceTimersByTimeAsync(1_200);
  expect(seen.began).toBe(1);
  reading.ask();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(seen).toEqual({ began: 2, ended: 2 });
});

it('does nothing any more once it was stopped', async () => {
  const { seen, task } = slow(500);
  const reading = paced(task, 1_000);
  reading.ask();
  await vi.advanceTimersByTimeAsync(1_100);
  reading.ask();
  reading.stop();
  reading.ask();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(seen.began).toBe(1);
});
