import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonical } from './canonical.js';
import { verifyExport as verifyWith } from './chain.js';
import type { TenantKeys } from './keyring.js';
import { GENESIS, PAYLOAD_BYTES_MAX, type SealedRecord } from './record.js';
import {
  exportLines,
  fields,
  KEYS,
  ledger,
  linesOf,
  manifest,
  OTHER_TENANT,
  sealer,
  stream,
  TENANT,
} from './testing/ledger.js';
import type { Verdict } from './verdict.js';
import { verifyExport } from './verify.js';
import { LINE_BYTES_MAX, recordLine, UNREAD_LINE } from './wire.js';
import { writeExport } from './write-export.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const verify = (lines: Iterable<string>, keys: TenantKeys | undefined = KEYS): Promise<Verdict> =>
  verifyExport(stream(lines), keys);
const verifyChainOnly = (lines: Iterable<string>): Promise<Verdict> => verifyExport(stream(lines));

/** What somebody without the key can do: change a payload and fit its hash, leaving the signature. */
function forged(record: SealedRecord, change: Record<string, unknown>): SealedRecord {
  const payload = canonical({ ...(JSON.parse(record.payload) as object), ...change });
  return { ...record, payload, hash: sha256(payload) };
}

describe('an export that is whole', () => {
  it('verifies to the signature, and says from where to where and against which head', async () => {
    const records = ledger(5);
    expect(await verify(await exportLines(records))).toEqual({
      verdict: 'verified',
      scope: 'range',
      tenant: TENANT,
      tenantName: 'Airline',
      exportedAt: '2026-11-21T12:11:00.000Z',
      count: 5,
      from: 1,
      to: 5,
      head: { seq: 5, hash: records[4]!.hash },
    });
  });

  it('verifies the chain alone where there is no key, with any SHA-256', async () => {
    const lines = await exportLines(ledger(3));
    expect(await verifyChainOnly(lines)).toMatchObject({ verdict: 'consistent', count: 3 });
    expect(await verifyWith(stream(lines), { sha256 })).toEqual(await verifyChainOnly(lines));
  });

  it('verifies when it is empty, and when it begins in the middle', async () => {
    expect(await verify(await exportLines([]))).toMatchObject({
      verdict: 'verified',
      count: 0,
      from: 1,
      to: 0,
    });
    const records = ledger(9);
    const part = await exportLines(records.slice(4, 7), { from_seq: 5, prev_hash: records[3]!.hash });
    expect(await verify(part)).toMatchObject({ verdict: 'verified', from: 5, to: 7, head: { seq: 7 } });
  });

  it('verifies across a change of keys', async () => {
    const keys: TenantKeys = { tenant: TENANT, keys: new Map([...KEYS.keys, ['k2', Buffer.alloc(32, 9)]]) };
    const old = ledger(2);
    const young = ledger(2, { from: 3, prev: old[1]!.hash, by: sealer(keys, 'k2') });
    const lines = await exportLines([...old, ...young], {}, sealer(keys, 'k2'));
    expect(await verify(lines, keys)).toMatchObject({ verdict: 'verified', count: 4 });
    expect(await verify(lines)).toEqual({
      verdict: 'unknown_key',
      key: 'k2',
      tenant: TENANT,
      seq: null,
      line: 1,
      rest: null,
    });
    const oldManifest = await exportLines([...old, ...young]);
    expect(await verify(oldManifest)).toEqual({
      verdict: 'unknown_key',
      key: 'k2',
      tenant: TENANT,
      seq: 3,
      line: 4,
      rest: { sound: 2, faults: 2, missing: 0 },
    });
  });

  it('cannot be made with a manifest of another tenant', async () => {
    await expect(writeExport(manifest([], { tenant: OTHER_TENANT }), [], sealer()).next()).rejects.toThrow(
      RangeError,
    );
  });
});

describe('a record that somebody changed', () => {
  it('is located by its hash', async () => {
    const records = ledger(5);
    const { payload } = records[2]!;
    records[2] = { ...records[2]!, payload: payload.replace('record 3', 'record E') };
    const found = sha256(records[2].payload);
    const verdict = { verdict: 'broken', what: 'hash', seq: 3, line: 4, expected: records[2].hash, found };
    const lines = await exportLines(records);
    const rest = { sound: 4, faults: 1, missing: 0 };
    expect(await verify(lines)).toEqual({ ...verdict, rest });
    expect(await verifyChainOnly(lines)).toEqual({ ...verdict, rest });
  });

  it('is located by its signature when the hash was made to fit', async () => {
    const records = ledger(5);
    records[2] = forged(records[2]!, { note: 'nothing happened' });
    const lines = await exportLines(records);
    expect(await verify(lines)).toMatchObject({ verdict: 'broken', what: 'hmac', seq: 3, line: 4 });
    // Without the key it is the next record's link that gives it away.
    expect(await verifyChainOnly(lines)).toMatchObject({ verdict: 'broken', what: 'prev', seq: 4, line: 5 });
  });

  it('at the end of the chain is found by the head, even without the key', async () => {
    const records = ledger(5);
    const lines = await exportLines(records);
    lines[5] = recordLine(forged(records[4]!, { note: 'nothing happened' }));
    expect(await verifyChainOnly(lines)).toMatchObject({ verdict: 'broken', what: 'head', seq: 5, line: 6 });
  });

  it('with everything after it rewritten needs the key to be found, and the verdict says so', async () => {
    const records = ledger(3);
    const forgery: SealedRecord[] = [];
    for (const record of records) {
      const prev = forgery.at(-1)?.hash;
      forgery.push(forged(record, { note: 'x', ...(prev !== undefined && { prev }) }));
    }
    const lines = await exportLines(forgery);
    expect(await verifyChainOnly(lines)).toMatchObject({ verdict: 'consistent' });
    expect(await verify(lines)).toMatchObject({ verdict: 'broken', what: 'hmac', seq: 1, line: 2 });
  });

  it('into a number that breaks the order is called forged, not missing', async () => {
    const records = ledger(5);
    records[2] = forged(records[2]!, { seq: 7 });
    expect(await verify(await exportLines(records))).toMatchObject({ what: 'hmac', seq: 3 });
    expect(await verifyChainOnly(await exportLines(records))).toMatchObject({ what: 'seq', seq: 3 });
  });

  it('in its key id is found', async () => {
    const records = ledger(2);
    records[0] = { ...records[0]!, key: 'k9' };
    const key = { verdict: 'broken', what: 'key', seq: 1, line: 2, expected: 'k1', found: 'k9' };
    expect(await verify(await exportLines(records))).toMatchObject(key);
    records[0] = forged(records[0], { key: 'k9' });
    const unknown = { verdict: 'unknown_key', key: 'k9', tenant: TENANT, seq: 1, line: 2 };
    expect(await verify(await exportLines(records))).toMatchObject(unknown);
  });

  it("into another tenant's is found, and so is a real one", async () => {
    const records = ledger(3);
    const theirs: TenantKeys = { tenant: OTHER_TENANT, keys: new Map([['k1', Buffer.alloc(32, 8)]]) };
    const [, foreign] = ledger(2, { by: sealer(theirs) });
    for (const intruder of [foreign!, forged(records[1]!, { tenant: OTHER_TENANT })]) {
      const lines = await exportLines([records[0]!, intruder, records[2]!]);
      const verdict = { what: 'tenant', seq: 2, line: 3, expected: TENANT, found: OTHER_TENANT };
      expect(await verify(lines)).toMatchObject(verdict);
      expect(await verifyChainOnly(lines)).toMatchObject(verdict);
    }
  });
});

describe('a payload that could be read in two ways', () => {
  /** Signed with the key: what is refused here is the form alone. */
  function signed(payload: string): SealedRecord {
    return { payload, hash: sha256(payload), hmac: sealer().sign(payload), key: 'k1' };
  }
  const payload = ledger([{ note: 'a' }])[0]!.payload;

  it.each([
    ['has spaces', payload.replace(',', ', ')],
    ['says a member twice', payload.replace('"note":"a"', '"note":"b","note":"a"')],
    ['escapes needlessly', payload.replace('"a"', '"\\u0061"')],
    ['has a lone surrogate', payload.replace('"a"', '"\\ud800"')],
    ['is deeper than anybody reads', payload.replace('"a"', '['.repeat(9_999) + ']'.repeat(9_999))],
  ])('is refused when it %s', async (_what, changed) => {
    expect(changed).not.toBe(payload);
    expect(await verify(await exportLines([signed(changed)]))).toMatchObject({
      what: 'canonical',
      seq: 1,
      line: 2,
    });
  });

  it('is refused when a surrogate hashes like the character that replaces it', async () => {
    const [record] = ledger([{ note: '\ufffd' }]);
    const twin = { ...record!, payload: record!.payload.replace('\ufffd', '\ud800') };
    expect(sha256(twin.payload)).toBe(record!.hash);
    expect(await verify(await exportLines([twin]))).toMatchObject({ verdict: 'broken', seq: 1, line: 2 });
  });

  it.each([
    ['no object', '[]'],
    ['no JSON', '{'],
    ['another version', payload.replace('"v":1', '"v":2')],
    ['no kind', payload.replace('"kind":"outcome",', '')],
    ['a seq that is no position', payload.replace('"seq":1', '"seq":0')],
  ])('is refused when it is signed but has %s', async (_what, changed) => {
    expect(await verify(await exportLines([signed(changed)]))).toMatchObject({
      what: 'json',
      seq: 1,
      line: 2,
    });
  });
});

describe('lines', () => {
  it('that are missing, doubled or swapped are located', async () => {
    const lines = await exportLines(ledger(5));
    const at = (...order: number[]) => verify(order.map((i) => lines[i]!));
    expect(await at(0, 1, 2, 4, 5)).toMatchObject({ what: 'seq', seq: 3, line: 4, found: 'record 4' });
    expect(await at(0, 1, 2, 2, 3, 4, 5)).toMatchObject({ what: 'seq', seq: 3, line: 4, found: 'record 2' });
    expect(await at(0, 1, 4, 3, 2, 5)).toMatchObject({ what: 'seq', seq: 2, line: 3, found: 'record 4' });
    expect(await at(0, 1, 2, 3, 4, 5, 5)).toMatchObject({
      what: 'seq',
      seq: 6,
      line: 7,
      expected: 'the end, after 5 records',
    });
    expect(await at(0, 0, 1, 2, 3, 4, 5)).toMatchObject({ what: 'json', seq: 1, line: 2 });
  });

  it('that were cut off are counted', async () => {
    const lines = await exportLines(ledger(5));
    const missing = { verdict: 'incomplete', lacks: 'records', after: 2, missing: 3, unread: [] };
    expect(await verify(lines.slice(0, 3))).toEqual(missing);
    expect(await verify([...lines.slice(0, 3), lines[3]!.slice(0, 40)])).toEqual(missing);
    expect(await verify([...lines.slice(0, 3), lines[3]!.slice(0, -1)])).toEqual(missing);
    expect(await verify(lines.slice(0, 1))).toMatchObject({ after: 0, missing: 5 });
  });

  it('that follow the last record are not overlooked, be they half a line', async () => {
    const lines = await exportLines(ledger(2));
    for (const more of ['x', '\0', ' ', '\n', lines[2]!, lines[2]!.slice(0, -1)]) {
      expect(await verify([...lines, more])).toMatchObject({
        verdict: 'broken',
        seq: 3,
        line: 4,
        expected: 'the end, after 2 records',
      });
    }
  });

  it('without a manifest are incomplete', async () => {
    const lines = await exportLines(ledger(2));
    const none = { verdict: 'incomplete', lacks: 'manifest', after: null, missing: null, unread: [] };
    expect(await verify([])).toEqual(none);
    expect(await verify(lines.slice(1))).toEqual(none);
    expect(await verify([lines[0]!.slice(0, 50)])).toEqual(none);
  });

  it('in another form are refused: one line has one way to be written', async () => {
    const lines = await exportLines(ledger(2));
    const twice = lines[1]!.replace('{"payload":', '{"payload":"{}","payload":');
    expect(await verify([lines[0]!, twice, lines[2]!])).toMatchObject({ what: 'canonical', seq: 1, line: 2 });
    expect(await verify(lines.map((line) => line.replace('\n', '\r\n')))).toMatchObject({
      what: 'canonical',
      line: 1,
    });
    expect(await verify([`\ufeff${lines[0]}`, ...lines.slice(1)])).toMatchObject({ what: 'json', line: 1 });
    expect(await verify([...lines, '\n'])).toMatchObject({ what: 'json', seq: 3, line: 4 });
    expect(await verify(['hello\n'])).toMatchObject({ verdict: 'broken', what: 'json', seq: null, line: 1 });
  });

  it('that are not UTF-8 are refused', async () => {
    const bytes = Buffer.from((await exportLines(ledger([{ note: 'é' }]))).join(''));
    bytes[bytes.indexOf(0xc3)] = 0xff;
    expect(await verifyExport(linesOf(bytes), KEYS)).toMatchObject({ what: 'json', seq: 1, line: 2 });
  });

  it('show at most 80 characters of themselves', async () => {
    const verdict = await verify([`${'x'.repeat(1_000)}\n`]);
    expect(verdict).toMatchObject({ found: `${'x'.repeat(79)}…` });
  });
});

describe('behind a fault', () => {
  it('reading goes on, and both are said', async () => {
    const records = ledger(9);
    const wrong = { hmac: 'f'.repeat(64) };
    const lines = await exportLines(
      records.with(2, { ...records[2]!, ...wrong }).with(6, { ...records[6]!, ...wrong }),
    );
    const first = { verdict: 'broken', what: 'hmac', seq: 3, line: 4 };
    expect(await verify(lines)).toMatchObject({ ...first, rest: { sound: 7, faults: 2, missing: 0 } });
    expect(await verify(lines.slice(0, -1))).toMatchObject({
      ...first,
      rest: { sound: 6, faults: 2, missing: 1 },
    });
    const gap = lines.toSpliced(4, 1);
    expect(await verify(gap)).toMatchObject({ ...first, rest: { sound: 5, faults: 3, missing: 1 } });
  });

  it('a line too long to be read is said, and what stands behind it is checked', async () => {
    const lines = await exportLines(ledger(5));
    const long = lines.with(3, UNREAD_LINE);
    expect(await verify(long)).toEqual({
      verdict: 'incomplete',
      lacks: 'lines',
      after: 5,
      missing: 0,
      unread: [4],
    });
    const changed = long.with(5, lines[5]!.replace('record 5', 'record E'));
    expect(await verify(changed)).toMatchObject({ verdict: 'broken', what: 'hash', seq: 5, line: 6 });
    const cut = long.slice(0, -1);
    expect(await verify(cut)).toMatchObject({
      verdict: 'incomplete',
      lacks: 'records',
      missing: 1,
      unread: [4],
    });
  });

  it('rows of a filtered export are checked on', async () => {
    const records = ledger(9);
    const some = [1, 3, 4, 7].map((i) => records[i]!);
    const about = { filter: { actor: 'ines' }, to_seq: 9, head_seq: 9, head_hash: records[8]!.hash };
    const lines = await exportLines(some, about);
    expect(await verify(lines)).toMatchObject({ verdict: 'verified', scope: 'rows', count: 4 });
    const broken = lines.with(2, 'x\n');
    expect(await verify(broken)).toMatchObject({
      what: 'json',
      line: 3,
      rest: { sound: 3, faults: 1, missing: 0 },
    });
  });
});

it('a record is never sealed that an export could not carry past a verifier', () => {
  const [body] = [{ note: '"'.repeat(PAYLOAD_BYTES_MAX / 2 - 250) }];
  const record = sealer().seal(fields(1, GENESIS, body));
  expect(Buffer.byteLength(recordLine(record))).toBeLessThan(LINE_BYTES_MAX);
  expect(() => sealer().seal(fields(1, GENESIS, { note: 'a'.repeat(PAYLOAD_BYTES_MAX) }))).toThrow(
    RangeError,
  );
});

describe('a manifest', () => {
  it.each([
    { tenant_name: 'Railway' },
    { count: 4 },
    { to_seq: 4, count: 4, head_seq: 4 },
    { filter: { actor: 'ines' } },
    { exported_by: 'mallory' },
  ])('that was edited to %j is found by its signature', async (edit) => {
    const records = ledger(5);
    const edited = canonical({ ...manifest(records), ...edit });
    const [first, ...rest] = await exportLines(records);
    const line = { ...(JSON.parse(first!) as object), manifest: edited };
    expect(await verify([`${JSON.stringify(line)}\n`, ...rest])).toMatchObject({
      what: 'hmac',
      seq: null,
      line: 1,
    });
  });

  it("of another tenant's export meets keys that do not hold it", async () => {
    const theirs: TenantKeys = { tenant: OTHER_TENANT, keys: new Map([['k1', Buffer.alloc(32, 8)]]) };
    const lines = await exportLines(
      ledger(2, { by: sealer(theirs) }),
      { tenant: OTHER_TENANT },
      sealer(theirs),
    );
    expect(await verify(lines, theirs)).toMatchObject({ verdict: 'verified' });
    expect(await verify(lines)).toEqual({
      verdict: 'unknown_key',
      key: 'k1',
      tenant: OTHER_TENANT,
      seq: null,
      line: 1,
      rest: null,
    });
  });

  it.each([
    [{ count: 4 }, 'manifest'],
    [{ head_seq: 9 }, 'manifest'],
    [{ to_seq: 0, from_seq: 3 }, 'manifest'],
    [{ prev_hash: 'a'.repeat(64) }, 'manifest'],
    [{ filter: {}, count: 6 }, 'manifest'],
    [{ filter: {}, head_seq: 4 }, 'manifest'],
    [{ tenant: 'airline' }, 'json'],
    [{ exported_at: 'today' }, 'json'],
    [{ v: 2 }, 'json'],
    [{ head_hash: 'A'.repeat(64) }, 'json'],
  ])('that says %j contradicts itself or the format', async (edit, what) => {
    const records = ledger(5);
    const text = canonical({ ...manifest(records), ...edit });
    const line = JSON.stringify({ manifest: text, hmac: sealer().sign(text), key: 'k1' });
    const verdict = await verify([`${line}\n`, ...(await exportLines(records)).slice(1)]);
    expect(verdict).toMatchObject({ verdict: 'broken', what, seq: null, line: 1 });
  });

  it('that names another head, or another beginning, does not fit its records', async () => {
    const records = ledger(5);
    const wrongHead = await exportLines(records, { head_hash: 'a'.repeat(64) });
    expect(await verify(wrongHead)).toMatchObject({ what: 'head', seq: 5, found: records[4]!.hash });
    const part = await exportLines(records.slice(2), { from_seq: 3, prev_hash: 'a'.repeat(64) });
    expect(await verify(part)).toMatchObject({ what: 'prev', seq: 3, line: 2 });
  });
});

describe('a filtered export', () => {
  const records = ledger(9);
  const rows = [records[1]!, records[4]!, records[5]!, records[8]!];
  const filter = {
    filter: { reason: 'quota_exceeded' },
    from_seq: 2,
    to_seq: 9,
    prev_hash: records[0]!.hash,
    head_seq: 9,
    head_hash: records[8]!.hash,
  };

  it('verifies its rows and does not claim that they are all', async () => {
    const verified = {
      verdict: 'verified',
      scope: 'rows',
      count: 4,
      from: 2,
      to: 9,
      head: { seq: 9 },
    };
    expect(await verify(await exportLines(rows, filter))).toMatchObject(verified);
  });

  it('is incomplete without one of its rows, and cannot say which', async () => {
    const lines = await exportLines(rows, filter);
    const verdict = { verdict: 'incomplete', lacks: 'records', after: null, missing: 1, unread: [] };
    expect(await verify(lines.toSpliced(2, 1))).toEqual(verdict);
    expect(await verify(lines.slice(0, -1))).toEqual(verdict);
  });

  it('is broken where a row is changed, doubled, out of order, outside its range or one too many', async () => {
    const check = async (...changed: SealedRecord[]) =>
      verify(await exportLines(changed, { ...filter, count: 4 }));
    const [a, b, c, d] = rows as [SealedRecord, SealedRecord, SealedRecord, SealedRecord];
    expect(await check(a, forged(b, { note: 'x' }), c, d)).toMatchObject({ what: 'hmac', seq: 5, line: 3 });
    expect(await check(a, a, b, c)).toMatchObject({ what: 'seq', seq: 2, line: 3 });
    expect(await check(b, a, c, d)).toMatchObject({ what: 'seq', seq: 2, line: 3 });
    expect(await check(records[0]!, a, b, c)).toMatchObject({ what: 'seq', seq: 1, line: 2 });
    expect(await check(a, b, c, records[7]!, d)).toMatchObject({ what: 'seq', seq: 9, line: 6 });
  });

  it('is broken where neighbours are not linked', async () => {
    const other = ledger(9, { prev: 'b'.repeat(64) });
    const lines = await exportLines([rows[0]!, rows[1]!, other[5]!, rows[3]!], filter);
    expect(await verify(lines)).toMatchObject({ what: 'prev', seq: 6, line: 4 });
  });
});

it('asks nothing of the keys but the signatures that it compares', async () => {
  const lines = await exportLines(ledger(2));
  const mac = (tenant: string, keyId: string) => {
    expect([tenant, keyId]).toEqual([TENANT, 'k1']);
    return (text: string) => createHmac('sha256', KEYS.keys.get('k1')!).update(text).digest('hex');
  };
  expect(await verifyWith(stream(lines), { sha256, mac })).toMatchObject({
    verdict: 'verified',
  });
});
