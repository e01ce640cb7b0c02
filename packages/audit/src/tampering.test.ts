/** The guarantee: whatever single thing is done to the bytes of an export, the verdict is never `verified`. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GENESIS } from './record.js';
import { exportLines, KEYS, ledger, linesOf } from './testing/ledger.js';
import type { Verdict } from './verdict.js';
import { verifyExport } from './verify.js';

/** An export as its lines (line 1 is the manifest) and the seq of its first record. */
interface Exported {
  readonly from: number;
  readonly lines: readonly string[];
}

/** What was done to the bytes, and what the verdict must say of it. */
interface Tampered {
  readonly bytes: Uint8Array;
  readonly finds: Partial<Record<string, unknown>>;
}

const NEWLINE = 0x0a;
const NO_MANIFEST = { verdict: 'incomplete', lacks: 'manifest' };

const joined = (lines: readonly string[]) => Buffer.from(lines.join(''));
const newlinesIn = (bytes: Uint8Array) => bytes.filter((byte) => byte === NEWLINE).length;
const missing = (count: number, after: number) => ({
  verdict: 'incomplete',
  lacks: 'records',
  after,
  missing: count,
});

/** By what they do; `a` and `b` are any numbers, to choose with. */
const TAMPERINGS: Readonly<Record<string, (exported: Exported, a: number, b: number) => Tampered>> = {
  'a flipped bit is located': ({ from, lines }, a, b) => {
    const bytes = joined(lines);
    const at = a % bytes.length;
    bytes[at]! ^= 1 << (b % 8);
    // Without its newline the last record counts as cut.
    if (at === bytes.length - 1) return { bytes, finds: missing(1, from + lines.length - 3) };
    const line = 1 + newlinesIn(bytes.subarray(0, at));
    return { bytes, finds: { line, seq: line === 1 ? null : from + line - 2 } };
  },

  'a deleted line is located': ({ from, lines }, a) => {
    const at = a % lines.length;
    const bytes = joined(lines.toSpliced(at, 1));
    if (at === 0) return { bytes, finds: NO_MANIFEST };
    if (at === lines.length - 1) return { bytes, finds: missing(1, from + at - 2) };
    return { bytes, finds: { verdict: 'broken', what: 'seq', seq: from + at - 1, line: at + 1 } };
  },

  'swapped lines are located at the first of them': ({ from, lines }, a, b) => {
    const first = a % (lines.length - 1);
    const second = first + 1 + (b % (lines.length - 1 - first));
    const bytes = joined(lines.with(first, lines[second]!).with(second, lines[first]!));
    if (first === 0) return { bytes, finds: NO_MANIFEST };
    return { bytes, finds: { verdict: 'broken', what: 'seq', seq: from + first - 1, line: first + 1 } };
  },

  'a doubled line is located at the second place': ({ lines }, a, b) => {
    const which = a % lines.length;
    const at = b % (lines.length + 1);
    const bytes = joined(lines.toSpliced(at, 0, lines[which]!));
    if (at === 0 && which > 0) return { bytes, finds: NO_MANIFEST };
    return { bytes, finds: { verdict: 'broken', line: at === which ? at + 2 : at + 1 } };
  },

  'a cut at any byte is counted': ({ from, lines }, a) => {
    const whole = joined(lines);
    const bytes = whole.subarray(0, a % whole.length);
    const left = newlinesIn(bytes);
    return { bytes, finds: left === 0 ? NO_MANIFEST : missing(lines.length - left, from + left - 2) };
  },

  'an added byte is located': ({ lines }, a, b) => {
    const whole = joined(lines);
    // The very end is chosen often: what follows the last record must not be overlooked.
    const at = a % 4 === 0 ? whole.length : a % whole.length;
    const before = whole.subarray(0, at);
    const bytes = Buffer.concat([before, Buffer.of(b % 256), whole.subarray(at)]);
    return { bytes, finds: { line: 1 + newlinesIn(before) } };
  },

  'bytes that were overwritten are noticed': ({ lines }, a, b) => {
    const bytes = joined(lines);
    const before = Buffer.from(bytes);
    const at = a % bytes.length;
    bytes.subarray(at, at + 1 + (b % 50)).fill(b % 256);
    if (bytes.equals(before)) bytes[at]! ^= 1;
    return { bytes, finds: {} };
  },
};

const anyExport = fc.record({
  bodies: fc.array(fc.record({ it: fc.jsonValue({ stringUnit: 'grapheme' }) }), {
    minLength: 1,
    maxLength: 6,
  }),
  from: fc.constantFrom(1, 2, 41),
});
const anyNumber = fc.nat({ max: 2 ** 30 });

const verify = (bytes: Uint8Array, chunking: number): Promise<Verdict> =>
  verifyExport(linesOf(bytes, 1 + (chunking % 300)), KEYS);

it.each(Object.entries(TAMPERINGS))(
  '%s',
  async (_name, tamper) => {
    await fc.assert(
      fc.asyncProperty(anyExport, anyNumber, anyNumber, async ({ bodies, from }, a, b) => {
        const prev = from === 1 ? GENESIS : 'c'.repeat(64);
        const lines = await exportLines(ledger(bodies, { from, prev }), { from_seq: from, prev_hash: prev });
        expect(await verify(joined(lines), a)).toMatchObject({ verdict: 'verified', count: bodies.length });

        const { bytes, finds } = tamper({ from, lines }, a, b);
        const verdict = await verify(bytes, b);
        expect(verdict.verdict).not.toBe('verified');
        expect(verdict).toMatchObject(finds);
      }),
      { numRuns: 400 },
    );
  },
  30_000,
);
