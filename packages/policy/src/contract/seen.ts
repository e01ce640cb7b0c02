/** What a reader sees of a text. Needs no library: the console asks it while somebody types. */

/** Controls, what Unicode lets a reader ignore (zero widths, fillers, tags), and the blank of Braille. */
const IGNORABLE = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const SPACES = /\p{White_Space}+/gu;
/** At least one character that is seen by itself: no mark without a letter. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;
export const isSeen = (text: string): boolean => SEEN.test(text.replaceAll(IGNORABLE, ''));

/** Unicode white space and zero widths off both ends, where String.trim leaves some. */
export const trimmed = (text: string): string =>
  text
    .replace(/^[\p{White_Space}\uFEFF\u200B\u2060]+/u, '')
    .replace(/[\p{White_Space}\uFEFF\u200B\u2060]+$/u, '');

export const REASON_MIN = 8;
export const REASON_MAX = 500;

/** Whether a trimmed reason has as many characters as it takes: those that are seen, and the spaces between them. */
export const isLongEnough = (reason: string): boolean =>
  trimmed(reason.replaceAll(IGNORABLE, '')).replaceAll(SPACES, ' ').length >= REASON_MIN &&
  reason.length <= REASON_MAX;

/** Whether it is a reason: what the API takes, and what a button waits for. */
export const isReason = (text: string): boolean => isLongEnough(trimmed(text)) && isSeen(text);
