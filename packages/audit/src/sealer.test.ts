import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, NotCanonicalError } from './canonical.js';
import { ENVELOPE_MEMBERS, GENESIS } from './record.js';
import { createSealer } from './sealer.js';
import { AT, fields, KEYS, sealer, TENANT } from './testing/ledger.js';

describe('seal', () => {
  it('signs the canonical payload, envelope and body side by side', () => {
    const sealed = sealer().seal(fields(1, GENESIS, { reason: 'é', effect: 'deny' }));
    expect(sealed.payload).toBe(
      `{"at":"${AT}","effect":"deny","id":"00000000-0000-4000-8000-000000000001","key":"k1","kind":"outcome",` +
        `"prev":"${GENESIS}","reason":"é","seq":1,"tenant":"${TENANT}","v":1}`,
    );
    const bytes = Buffer.from(sealed.payload);
    expect(sealed.bytes).toEqual(bytes);
    expect(sealed.hash).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(sealed.hmac).toBe(createHmac('sha256', KEYS.keys.get('k1')!).update(bytes).digest('hex'));
    expect(sealed.key).toBe('k1');
  });

  it('writes what the general writer would, whatever the members of the body are called', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom('', '__proto__', 'a', 'as', 'Z', 'ids', 'kin', 'sea', 'v0', 'w', '\ue000', '\u{1f600}'),
    );
    const body = fc.dictionary(name, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 });
    let compared = 0;
    fc.assert(
      fc.property(body, (given) => {
        fc.pre(!ENVELOPE_MEMBERS.some((taken) => Object.hasOwn(given, taken)));
        const { at, id, kind, prev, seq } = fields(1, GENESIS);
        const envelope = { v: 1, tenant: TENANT, seq, id, at, kind, key: 'k1', prev };
        expect(sealer().seal(fields(1, GENESIS, given)).payload).toBe(canonical({ ...envelope, ...given }));
        compared += 1;
      }),
      { seed: 5, numRuns: 1_000 },
    );
    expect(compared).toBeGreaterThan(900);
  });

  it('takes nothing nested deeper than the general writer does', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
    expect(() => sealer().seal(fields(1, GENESIS, { a: nested(255) }))).not.toThrow();
    expect(() => sealer().seal(fields(1, GENESIS, { a: nested(256) }))).toThrow(NotCanonicalError);
  });

  it.each(ENVELOPE_MEMBERS)('refuses a body that would overwrite %s', (name) => {
    expect(() => sealer().seal(fields(1, GENESIS, { [name]: 1 }))).toThrow(RangeError);
  });

  it.each([{ seq: 0 }, { seq: 1.5 }, { id: 'x' }, { at: '2026-11-21' }, { prev: '' }])(
    'refuses %j',
    (wrong) => {
      expect(() => sealer().seal({ ...fields(1, GENESIS), ...wrong })).toThrow(
        `A record's "${Object.keys(wrong)[0]}" is malformed`,
      );
    },
  );

  it('refuses a body that JSON cannot say, and says where', () => {
    expect(() => sealer().seal(fields(1, GENESIS, { trail: [{ at: undefined }] }))).toThrow(
      new NotCanonicalError('/trail/0/at', 'is undefined'),
    );
  });
});

describe('sign', () => {
  /** RFC 4231, the test cases whose data is text. */
  it.each([
    [Buffer.alloc(20, 0x0b), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      Buffer.from('Jefe'),
      'what do ya want for nothing?',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      Buffer.alloc(131, 0xaa),
      'Test Using Larger Than Block-Size Key - Hash Key First',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
    [
      Buffer.alloc(131, 0xaa),
      'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.',
      '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
    ],
  ])('is HMAC-SHA256 (RFC 4231)', (key, text, hmac) => {
    expect(createSealer(key, 'k1', TENANT).sign(text)).toBe(hmac);
  });
});
