import { describe, expect, test } from 'vitest';
import { keepAlive } from './keep-alive.mjs';

/** Processes that end when told, and a clock that moves when told. */
function scene() {
  const started = [];
  const waits = [];
  const restarts = [];
  let clock = 0;
  const start = () => {
    let end;
    const one = {
      stopped: false,
      ended: new Promise((settle) => (end = settle)),
      end: (reason) => end(reason),
    };
    one.stop = async () => {
      one.stopped = true;
      end('stopped');
    };
    started.push(one);
    return one;
  };
  const kept = keepAlive(start, {
    now: () => clock,
    wait: async (ms) => void waits.push(ms),
    onRestart: (reason) => restarts.push(reason),
  });
  const settle = () => new Promise((done) => setImmediate(done));
  return {
    kept,
    started,
    waits,
    restarts,
    async crash(atMs, reason = 'ended with exit code 1') {
      clock = atMs;
      started.at(-1).end(reason);
      await settle();
    },
  };
}

describe('a process that ends unasked', () => {
  test('is started again, more slowly, and after three ends in a minute no more', async () => {
    const { kept, started, waits, restarts, crash } = scene();
    await crash(1_000);
    await crash(20_000, 'was ended by SIGSEGV');
    expect(started).toHaveLength(3);
    expect(waits).toEqual([500, 2_000]);
    expect(restarts).toEqual(['ended with exit code 1', 'was ended by SIGSEGV']);
    await crash(60_000);
    expect(await kept.lost).toBe('ended with exit code 1, 3 times within a minute');
    expect(started).toHaveLength(3);
  });

  test('is started again for as long as it lives a while in between', async () => {
    const { started, waits, crash } = scene();
    for (let i = 1; i <= 10; i += 1) await crash(i * 61_000);
    expect(started).toHaveLength(11);
    expect(new Set(waits)).toEqual(new Set([500]));
  });
});

test('one that refuses to start is not asked twice', async () => {
  const { kept, started, crash } = scene();
  await crash(1_000, 'ended with exit code 78');
  expect(await kept.lost).toBe('ended with exit code 78');
  expect(started).toHaveLength(1);
});

test('one that is stopped is not started again', async () => {
  const { kept, started } = scene();
  await kept.stop();
  await new Promise((done) => setImmediate(done));
  expect(started).toHaveLength(1);
  expect(started[0].stopped).toBe(true);
});
