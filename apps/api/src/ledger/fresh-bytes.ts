import { randomBytes } from 'node:crypto';

const POOL_BYTES = 4_096;
let pool: Buffer = Buffer.alloc(0);
let next = 0;

/** Random bytes that nobody else gets. A call of the generator costs as much for a few bytes as for a pool of them. */
export function freshBytes(length: number): Buffer {
  if (next + length > pool.length) {
    pool = randomBytes(Math.max(POOL_BYTES, length));
    next = 0;
  }
  next += length;
  return pool.subarray(next - length, next);
}
