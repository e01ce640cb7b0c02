/**
 * Text as people give it. One rule for what can be kept at all, and one for what has to be read by somebody: a reason
 * or a name that nobody sees is none, and one that turns the direction of what stands beside it is a trap (UTS #39).
 */
import { z } from 'zod';

/** NUL and half a surrogate pair: PostgreSQL keeps neither, and RFC 8785 has no canonical form for the second. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
export const isStorable = (text: string): boolean => !UNSTORABLE.test(text);

/** White space, controls, what Unicode lets a reader ignore (zero widths, fillers, tags), and the blank of Braille. */
const UNSEEN = /[\p{White_Space}\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** At least one character that is seen by itself: no mark without a letter. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;
export const seen = (text: string): string => text.replaceAll(UNSEEN, '');
export const isSeen = (text: string): boolean => SEEN.test(seen(text));

/** Embeddings, overrides, isolates and their ends: what follows is drawn in another order than it is written in. */
const BIDI = /[\u202A-\u202E\u2066-\u2069]/u;
export const isInOrder = (text: string): boolean => !BIDI.test(text);
const CONTROL = /\p{Cc}/u;

/** Unicode white space and zero widths off both ends, where String.trim leaves some. */
export const trimmed = (text: string): string =>
  text
    .replace(/^[\p{White_Space}\uFEFF\u200B\u2060]+/u, '')
    .replace(/[\p{White_Space}\uFEFF\u200B\u2060]+$/u, '');

const storable = z.string().refine(isStorable, 'holds NUL or half a surrogate pair');

/** A name that people read: seen, on one line, in the order it is written in. */
export const DisplayName = storable
  .overwrite(trimmed)
  .min(1, 'give a name')
  .max(120)
  .refine(isSeen, 'give a name that can be seen')
  .refine(isInOrder, 'turns the direction of text')
  .refine((name) => !CONTROL.test(name), 'has a line break or another control character');

export const REASON_MIN = 8;
export const REASON_MAX = 500;

/** Why somebody does something; it stands in the record. */
export const ReasonText = storable
  .overwrite(trimmed)
  .refine((text) => seen(text).length >= REASON_MIN && text.length <= REASON_MAX, {
    error: `give a reason of ${REASON_MIN} to ${REASON_MAX} characters`,
    // One thing is wrong with an empty one, not two.
    abort: true,
  })
  .refine(isSeen, 'give a reason that can be seen');
