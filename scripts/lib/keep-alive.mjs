// Promises: a process that ends unasked is started again, more slowly each time; three ends within a minute are enough,
// and then it is said why. One that refuses to start (exit code 78, EX_CONFIG) is believed at once.
import { setTimeout as sleep } from 'node:timers/promises';

const REFUSED = 'ended with exit code 78';
const ENDS_MAX = 3;
const WITHIN_MS = 60_000;
const WAIT_MS = [500, 2_000]; // after the first end within a minute, after the second

/**
 * @param {() => { ended: Promise<string>, stop: () => Promise<void> }} start
 * @param {{ onRestart: (reason: string, waitMs: number) => void, now?: () => number,
 *   wait?: (ms: number) => Promise<unknown> }} options
 * @returns {{ lost: Promise<string>, stop: () => Promise<void> }} `lost` resolves, with the reason, when it is not
 *   started again.
 */
export function keepAlive(start, { onRestart, now = Date.now, wait = sleep }) {
  let stopping = false;
  let current = start();
  const ends = [];

  async function follow() {
    for (;;) {
      const reason = await current.ended;
      if (stopping) return new Promise(() => undefined);
      if (reason === REFUSED) return reason;
      ends.push(now());
      const recent = ends.filter((at) => at > now() - WITHIN_MS).length;
      if (recent >= ENDS_MAX) return `${reason}, ${recent} times within a minute`;
      const waitMs = WAIT_MS[recent - 1];
      onRestart(reason, waitMs);
      await wait(waitMs);
      if (stopping) return new Promise(() => undefined);
      current = start();
    }
  }

  return {
    lost: follow(),
    async stop() {
      stopping = true;
      await current.stop();
    },
  };
}
