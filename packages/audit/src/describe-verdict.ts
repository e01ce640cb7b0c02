/** A verdict as sentences for people: what was checked, against what, and where it failed. */
import type { Broken, Flaw, Verdict, Verified } from './verdict.js';

/** One or two sentences in English. What the file says is escaped: it may try to write on the terminal. */
export function describeVerdict(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'verified':
      return describeVerified(verdict);
    case 'broken':
      return describeBroken(verdict);
    case 'incomplete':
      if (verdict.lacks === 'manifest')
        return 'Incomplete: the manifest, the first line of an export, is missing or cut.';
      return `Incomplete: ${records(verdict.missing ?? 0)} missing${
        verdict.after === null ? '' : verdict.after === 0 ? ' from the start' : ` after #${verdict.after}`
      }. What is there is sound.`;
    case 'unknown_key':
      return `Unknown key: ${where(verdict)} is signed with key ${quoted(verdict.key)} of tenant ${verdict.tenant}, which the given keys do not hold.`;
  }
}

function describeVerified({ level, scope, count, from, to, head, tenant, tenantName }: Verified): string {
  const range =
    count === 0 ? '' : scope === 'range' ? `, #${from} to #${to}` : ` between #${from} and #${to}`;
  const of = `of tenant ${quoted(tenantName)} (${tenant})`;
  const against = `${scope === 'range' ? 'against head' : 'ledger head at export'} #${head.seq} ${head.hash}`;
  const checked =
    level === 'hmac'
      ? `every signature (HMAC) and ${scope === 'range' ? 'the whole chain' : 'every hash'}`
      : `${scope === 'range' ? 'the hash chain' : 'every hash'} only, as no key was given: this shows that the file agrees with itself, not who wrote it`;
  const limit =
    scope === 'rows'
      ? ' The export was filtered: each row is checked, that no row is missing is not claimed.'
      : '';
  return `Verified: ${records(count)}${range} ${of}, ${against}. Checked: ${checked}.${limit}`;
}

const FLAWS: { readonly [flaw in Flaw]: string } = {
  json: 'it does not have the shape the format demands',
  hash: 'its bytes are not those that were hashed',
  tenant: 'it belongs to another tenant',
  key: 'the line names another key than the signed payload',
  hmac: 'its signature does not fit: it was changed, or not written by the holder of the key',
  canonical: 'it is not written in the one form the format allows',
  seq: 'a record is missing, doubled or out of place here',
  prev: 'it does not follow the record before it',
  head: 'the last record is not the head that the manifest names',
  manifest: 'the manifest contradicts itself',
};

function describeBroken(verdict: Broken): string {
  const { what, expected, found } = verdict;
  return `Broken at ${where(verdict)}: ${FLAWS[what]}. Expected ${quoted(expected)}, found ${quoted(found)}.`;
}

function where({ seq, line }: { readonly seq: number | null; readonly line: number | null }): string {
  if (seq === null) return line === 1 ? 'line 1 (the manifest)' : `line ${line ?? '?'}`;
  return line === null ? `#${seq}` : `#${seq} (line ${line})`;
}

const records = (count: number): string => `${count} ${count === 1 ? 'record' : 'records'}`;

/** JSON's quotes, and escapes for everything beyond printable ASCII and letters. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
