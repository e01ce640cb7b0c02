// How long this disk takes to make 8 kB durable: what every commit waits for.
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { percentile } from './statistics.mjs';

const WRITES = 300;

export function fdatasyncMs(directory) {
  const file = join(directory, 'fdatasync');
  const fd = openSync(file, 'w');
  const page = Buffer.alloc(8192, 1);
  const times = [];
  try {
    for (let i = 0; i < WRITES; i++) {
      writeSync(fd, page);
      const began = performance.now();
      fdatasyncSync(fd);
      times.push(performance.now() - began);
    }
  } finally {
    closeSync(fd);
    rmSync(file);
  }
  times.sort((a, b) => a - b);
  return { p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
}
