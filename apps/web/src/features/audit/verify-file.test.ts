// @vitest-environment node
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical, GENESIS } from '@reeve/audit/chain';
import { expect, test } from 'vitest';
import { headline } from './headline.js';
import { verifyFile } from './verify-file.js';

const TENANT = '018f0000-0000-7000-8000-000000000001';
const AT = '2026-11-21T12:00:00.000Z';
const COUNT = 7;
/** Nobody checks it here: that takes the key. */
const hmac = 'f'.repeat(64);

/** An export as the server writes it: the manifest, then the records, each with its newline. */
function exportLines(): string[] {
  const records: string[] = [];
  let prev = GENESIS;
  for (let seq = 1; seq <= COUNT; seq += 1) {
    const id = `018f0000-0000-7000-8000-${String(seq).padStart(12, '0')}`;
    const note = `record ${seq}`;
    const payload = canonical({
      v: 1,
      tenant: TENANT,
      seq,
      id,
      at: AT,
      kind: 'change',
      key: 'k1',
      prev,
      note,
    });
    prev = bytesToHex(sha256(utf8ToBytes(payload)));
    records.push(JSON.stringify({ payload, hash: prev, hmac, key: 'k1' }));
  }
  const manifest = canonical({
    v: 1,
    format: 'reeve-audit-export',
    tenant: TENANT,
    tenant_name: 'Acme',
    exported_at: AT,
    exported_by: 'member:ana',
    filter: null,
    from_seq: 1,
    to_seq: COUNT,
    count: COUNT,
    prev_hash: GENESIS,
    head_seq: COUNT,
    head_hash: prev,
  });
  return [JSON.stringify({ manifest, hmac, key: 'k1' }), ...records].map((line) => `${line}\n`);
}

const lines = exportLines();
const file = lines.join('');
const verify = (text: string) => verifyFile(new Blob([text]));

test('a whole export is consistent with its head, and not called verified without a key', async () => {
  const verdict = await verify(file);
  expect(verdict).toMatchObject({
    verdict: 'consistent',
    scope: 'range',
    count: COUNT,
    from: 1,
    to: COUNT,
  });
  expect(headline(verdict)).toBe('Consistent; signatures not checked');
});

test('one flipped byte in record k is broken at k', async () => {
  for (let k = 1; k <= COUNT; k += 1) {
    const tampered = [...lines];
    tampered[k] = tampered[k]!.replace(`record ${k}`, `recorD ${k}`);
    const verdict = await verify(tampered.join(''));
    expect(verdict).toMatchObject({ verdict: 'broken', what: 'hash', seq: k });
    expect(headline(verdict)).toBe(`Broken at #${k}`);
  }
});

test('a cut tail is incomplete and says how many are missing', async () => {
  const verdict = await verify(lines.slice(0, -3).join(''));
  expect(verdict).toMatchObject({ verdict: 'incomplete', missing: 3, after: COUNT - 3 });
  expect(headline(verdict)).toBe('Incomplete: 3 missing');
});

test('records that changed places are broken', async () => {
  const swapped = [...lines];
  [swapped[3], swapped[4]] = [swapped[4]!, swapped[3]!];
  expect(await verify(swapped.join(''))).toMatchObject({ verdict: 'broken', what: 'seq', seq: 3 });
});

test('a file that is no export has no manifest', async () => {
  expect((await verify('hello\n')).verdict).toBe('broken');
  expect(headline(await verify(lines.slice(1).join('')))).toBe('Incomplete: no manifest');
});
