/**
 * Text as people give it. One rule for what can be kept at all, and one for what has to be read by somebody: a reason
 * or a name that nobody sees is none, and one that turns the direction of what stands beside it is a trap (UTS #39).
 */
import { z } from 'zod';
import { isLongEnough, isSeen, REASON_MAX, REASON_MIN, trimmed } from './seen.js';

/** NUL and half a surrogate pair: PostgreSQL keeps neither, and RFC 8785 has no canonical form for the second. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
export const isStorable = (text: string): boolean => !UNSTORABLE.test(text);

/** Embeddings, overrides, isolates and their ends: what follows is drawn in another order than it is written in. */
const BIDI = /[\u202A-\u202E\u2066-\u2069]/u;
export const isInOrder = (text: string): boolean => !BIDI.test(text);
const CONTROL = /\p{Cc}/u;

const storable = z.string().refine(isStorable, 'holds NUL or half a surrogate pair');

/** A name that people read: seen, on one line, in the order it is written in. */
export const DisplayName = storable
  .overwrite(trimmed)
  .min(1, 'give a name')
  .max(120)
  .refine(isSeen, 'give a name that can be seen')
  .refine(isInOrder, 'turns the direction of text')
  .refine((name) => !CONTROL.test(name), 'has a line break or another control character');

/** The reason somebody gives for what they do; it stands in the record. */
export const ReasonText = storable
  .overwrite(trimmed)
  .refine(isLongEnough, {
    error: `give a reason of ${REASON_MIN} to ${REASON_MAX} characters`,
    // One thing is wrong with an empty one, not two.
    abort: true,
  })
  .refine(isSeen, 'give a reason that can be seen');
