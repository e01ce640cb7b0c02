import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quotaLogText, readQuotaLog } from './text.js';

it('writes times as what they are later than the one before', () => {
  expect(
    quotaLogText([
      [1795272525255, 1],
      [1795272525827, 2],
    ]),
  ).toBe('[1795272525255,1,572,2]');
});

it('reads back what it wrote, for any log', () => {
  const entry = fc.tuple(fc.nat({ max: 2 ** 48 }), fc.integer({ min: 1, max: 1_000_000 }));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 64 }), (entries) => {
      const log = entries.toSorted(([a], [b]) => a - b);
      expect(readQuotaLog(quotaLogText(log))).toEqual(log);
    }),
  );
});
