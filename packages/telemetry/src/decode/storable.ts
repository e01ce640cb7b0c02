/** Promises: a text that every database takes: no NUL, no half of a surrogate pair (a cut may leave one). */
const UNSTORABLE = /[\0\ud800-\udfff]/;

export const storable = (text: string): string =>
  UNSTORABLE.test(text) ? text.toWellFormed().replaceAll('\0', '\uFFFD') : text;
