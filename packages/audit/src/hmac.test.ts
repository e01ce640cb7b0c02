import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Hmac } from './hmac.js';

it('is what createHmac makes, for any key and any text or bytes, one after the other by one hand', () => {
  const keys = fc.uint8Array({ maxLength: 200 });
  const texts = fc.array(
    fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.uint8Array({ maxLength: 300 })),
    { minLength: 1, maxLength: 5 },
  );
  let signed = 0;
  fc.assert(
    fc.property(keys, texts, (key, several) => {
      const hmac = new Hmac(key);
      for (const text of several) {
        const framed = hmac.frame(text);
        expect(framed.bytes).toEqual(Buffer.from(text as string));
        expect(hmac.sign(framed)).toBe(createHmac('sha256', key).update(text).digest('hex'));
        signed += 1;
      }
    }),
    { seed: 11, numRuns: 500 },
  );
  expect(signed).toBeGreaterThan(1_000);
});
