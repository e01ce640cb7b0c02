/** Ten thousand tenants' schemas, conditions and patterns pass through; what stays is bounded by bytes. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { compileCondition } from './cel/condition.js';
import { remembered } from './remembered.js';
import { compileSchema } from './schema.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heapMb = () => {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

test('what is remembered is bounded by bytes, and what is used stays', () => {
  let made = 0;
  const get = remembered(
    10_000,
    (key) => ({ key, made: ++made }),
    () => 2_000,
  );
  for (let i = 0; i < 100; i++) {
    get(`key ${i}`);
    get('often');
  }
  expect(get('often').made).toBe(2);
  expect(get('key 99').made).toBe(101);
  expect(get('key 0').made).toBe(102);
});

test('ten thousand schemas and conditions leave no more than the caches may hold', () => {
  const compile = (from: number, to: number) => {
    for (let i = from; i < to; i++) {
      compileSchema({
        type: 'object',
        properties: { [`p${i}`]: { type: 'string', pattern: `^a{1,9}${i}$` } },
      });
      compileCondition(`args.p${i} == "${i}" && args.q.matches("^b{1,9}${i}$")`);
    }
  };
  compile(0, 6_000);
  const before = heapMb();
  compile(6_000, 10_000);
  expect(heapMb() - before).toBeLessThan(20);
}, 60_000);
