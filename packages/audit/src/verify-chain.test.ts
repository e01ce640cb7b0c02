import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEYS, ledger, TENANT } from './testing/ledger.js';
import { verifyChain } from './verify.js';
import { startOfChain } from './verify-chain.js';

describe('verifyChain', () => {
  it('comes to the same end in any number of steps', () => {
    const records = ledger(12);
    const atOnce = verifyChain(startOfChain(TENANT), records, KEYS);
    expect(atOnce).toEqual({
      state: { tenant: TENANT, seq: 12, hash: records[11]!.hash },
      fault: null,
      faults: 0,
    });
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 12 })), (cuts) => {
        let state = startOfChain(TENANT);
        for (const to of [...cuts.toSorted((a, b) => a - b), 12]) {
          const step = verifyChain(state, records.slice(state.seq, to), KEYS);
          expect(step.fault).toBeNull();
          state = step.state;
        }
        expect(state).toEqual(atOnce.state);
      }),
    );
  });

  it('names the first record that does not fit, goes on behind it, and counts the others', () => {
    const records = ledger(9);
    const wrong = { hmac: 'f'.repeat(64) };
    const damaged = records.with(3, { ...records[3]!, ...wrong }).with(6, { ...records[6]!, ...wrong });
    const step = verifyChain(startOfChain(TENANT), damaged, KEYS);
    expect(step.fault).toMatchObject({ verdict: 'broken', what: 'hmac', seq: 4, line: null });
    expect(step).toMatchObject({ state: { seq: 9, hash: records[8]!.hash }, faults: 2 });
  });

  it('finds a gap, a stranger and an unknown key', () => {
    const records = ledger(5);
    const start = startOfChain(TENANT);
    const check = (...order: number[]) =>
      verifyChain(
        start,
        order.map((i) => records[i]!),
        KEYS,
      ).fault;
    expect(check(1)).toMatchObject({ what: 'seq', seq: 1, found: 'record 2' });
    expect(check(0, 2)).toMatchObject({ what: 'seq', seq: 2, found: 'record 3' });
    const elsewhere = ledger(2, { from: 2, prev: 'b'.repeat(64) });
    expect(verifyChain(start, [records[0]!, elsewhere[0]!], KEYS).fault).toMatchObject({
      what: 'prev',
      seq: 2,
    });
    const noKeys = { tenant: TENANT, keys: new Map<string, Uint8Array>() };
    expect(verifyChain(start, records, noKeys).fault).toMatchObject({
      verdict: 'unknown_key',
      key: 'k1',
      seq: 1,
    });
  });
});
