/**
 * Signs that somebody typed a key. 32 random bytes never look like this (each rule is wrong less than once in 100,000
 * keys), and a key that was thought of can be guessed by whoever holds one thing it sealed.
 */

/** The sign that gives the key away, as the end of a sentence; null for one that could have been drawn at random. */
export function weakness(key: Uint8Array): string | null {
  if (key.every((byte) => byte >= 0x20 && byte < 0x7f)) return 'its bytes are text';
  if (new Set(key).size < 16) return 'it holds too few different bytes';
  if (repeats(key)) return 'it repeats itself';
  if (mostFrequent(neighbours(key, (a, b) => (b - a + 256) % 256)) > key.length / 3) return 'it counts';
  if (isWords(Buffer.from(key).toString('base64').replace(/=+$/, ''))) return 'its base64 is words';
  return null;
}

const repeats = (key: Uint8Array): boolean => {
  for (let period = 1; period <= key.length / 2; period += 1)
    if (key.every((byte, i) => byte === key[i % period])) return true;
  return false;
};

/** Words run on in one case; random base64 changes its kind of character two times in three, and has digits. */
function isWords(text: string): boolean {
  const kinds = Array.from(text, (c) => (/[a-z]/.test(c) ? 'lower' : /[A-Z]/.test(c) ? 'upper' : 'other'));
  if (!kinds.includes('lower') || !kinds.includes('upper')) return true;
  const same = neighbours(kinds, (a, b) => a === b).filter(Boolean).length / (text.length - 1);
  return same > (kinds.includes('other') ? 0.78 : 0.66);
}

const neighbours = <T, R>(items: ArrayLike<T>, compare: (a: T, b: T) => R): R[] =>
  Array.from({ length: items.length - 1 }, (_, i) => compare(items[i]!, items[i + 1]!));

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(...counts.values());
}
