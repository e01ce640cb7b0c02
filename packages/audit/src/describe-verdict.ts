/** A verdict as sentences for people: what was checked, against what, and where it failed. */
import type { Broken, Fault, Flaw, Incomplete, Rest, Sound, Verdict } from './verdict.js';

/** One or two sentences in English. What the file says is escaped: it may try to write on the terminal. */
export function describeVerdict(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'verified':
    case 'consistent':
      return describeSound(verdict);
    case 'broken':
    case 'unknown_key':
      return `${describeFault(verdict)}${verdict.rest === null ? '' : ` ${describeRest(verdict.rest)}`}`;
    case 'incomplete':
      return describeIncomplete(verdict);
  }
}

/** One sentence on one objection, without what the rest came to. */
export function describeFault(fault: Fault): string {
  if (fault.verdict === 'broken') return describeBroken(fault);
  return `Unknown key: ${where(fault)} is signed with key ${quoted(fault.key)} of tenant ${fault.tenant}, which the given keys do not hold.`;
}

function describeRest({ sound, faults, missing }: Rest): string {
  const more = faults === 1 ? 'Nothing else is at fault' : `${faults} lines are at fault in all`;
  return `${more}; ${records(sound)} ${sound === 1 ? 'holds' : 'hold'}${missing === 0 ? '' : `, ${missing} missing from the end`}.`;
}

function describeIncomplete({ lacks, after, missing, unread }: Incomplete): string {
  if (lacks === 'manifest')
    return 'Incomplete: the manifest, the first line of an export, is missing or cut.';
  const cut =
    missing === null || missing === 0
      ? []
      : [
          `${records(missing)} missing${after === null ? '' : after === 0 ? ' from the start' : ` after #${after}`}`,
        ];
  const long =
    unread.length === 0
      ? []
      : [
          `${unread.length === 1 ? 'line' : 'lines'} ${unread.slice(0, 5).join(', ')}${unread.length > 5 ? ' and more' : ''} longer than this verifier reads, so not checked`,
        ];
  return `Incomplete: ${[...cut, ...long].join('; ')}. What was read is sound.`;
}

function describeSound({ verdict, scope, count, from, to, head, tenant, tenantName }: Sound): string {
  const range =
    count === 0 ? '' : scope === 'range' ? `, #${from} to #${to}` : ` between #${from} and #${to}`;
  const of = `of tenant ${quoted(tenantName)} (${tenant})`;
  const against = `${scope === 'range' ? 'against head' : 'ledger head at export'} #${head.seq} ${head.hash}`;
  const checked =
    verdict === 'verified'
      ? `every signature (HMAC) and ${scope === 'range' ? 'the whole chain' : 'every hash'}`
      : `${scope === 'range' ? 'the hash chain' : 'every hash'} only, as no key was given: this shows that the file agrees with itself, not who wrote it`;
  const limit =
    scope === 'rows'
      ? ' The export was filtered: each row is checked, that no row is missing is not claimed.'
      : '';
  return `${verdict === 'verified' ? 'Verified' : 'Consistent'}: ${records(count)}${range} ${of}, ${against}. Checked: ${checked}.${limit}`;
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
