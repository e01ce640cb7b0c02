/**
 * A change that is too long for its record: the record says what a reader needs to know which things changed, and the
 * digest of the whole, which is kept beside it. So no change, however big, makes a record that nobody can read.
 */
import { createHash } from 'node:crypto';
import { canonical } from '@reeve/audit';
import type { Json, JsonObject } from '@reeve/policy';

export type Side = 'before' | 'after';

/** One side's whole, as canonical JSON (RFC 8785). */
export interface Attachment {
  readonly side: Side;
  readonly content: string;
}

export interface Recorded {
  readonly before: Json;
  readonly after: Json;
  /** SHA-256 of each side that stands beside the record. */
  readonly whole?: Readonly<Partial<Record<Side, string>>>;
}

/** Above this a side is abridged: two of them and a reason are far from what may be sealed. */
const SIDE_BYTES_MAX = 128 * 1024;
/** Members of a side that are longer stand as digest and names. */
const MEMBER_BYTES_MAX = 16 * 1024;
const NAMES_MAX = 100;
const NAME_CHARACTERS_MAX = 200;

export function abridged(before: Json, after: Json): { recorded: Recorded; attachments: Attachment[] } {
  const attachments: Attachment[] = [];
  const whole: Partial<Record<Side, string>> = {};
  const sides = { before, after };
  for (const side of ['before', 'after'] as const) {
    const content = canonical(sides[side]);
    if (Buffer.byteLength(content) <= SIDE_BYTES_MAX) continue;
    attachments.push({ side, content });
    whole[side] = digestOf(content);
    sides[side] = shortened(sides[side], content);
  }
  return { recorded: { ...sides, ...(attachments.length > 0 && { whole }) }, attachments };
}

function shortened(value: Json, content: string): Json {
  if (!isObject(value)) return summary(value, content);
  const members = Object.entries(value).map(([name, member]) => {
    const text = canonical(member);
    return [name, text.length > MEMBER_BYTES_MAX ? summary(member, text) : member] as const;
  });
  const short = Object.fromEntries(members);
  return Buffer.byteLength(canonical(short)) > SIDE_BYTES_MAX ? summary(value, content) : short;
}

/** What stands in the record in place of a long value. */
function summary(value: Json, content: string): Json {
  const names = Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : isObject(value)
      ? Object.keys(value)
      : [];
  return {
    abridged: true,
    digest: digestOf(content),
    bytes: Buffer.byteLength(content),
    count: names.length,
    names: names.slice(0, NAMES_MAX).map((name) => Array.from(name).slice(0, NAME_CHARACTERS_MAX).join('')),
  };
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
