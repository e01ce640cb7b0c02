/**
 * A memory: what was made for a key is made once. Bounded by what it holds, not by how many: the longest unused go
 * first, and what is forgotten costs time and nothing else.
 */
export function remembered<T>(
  bytesMax: number,
  make: (key: string) => T,
  bytesOf: (made: T, key: string) => number,
): (key: string) => T {
  const entries = new Map<string, { readonly made: T; readonly bytes: number }>();
  let held = 0;
  let newest: { readonly key: string; readonly made: T } | null = null;
  return (key) => {
    if (newest?.key === key) return newest.made;
    const before = entries.get(key);
    if (before !== undefined) {
      // A Map keeps the order of insertion: what is used moves to its end.
      entries.delete(key);
      entries.set(key, before);
      newest = { key, made: before.made };
      return before.made;
    }
    const made = make(key);
    newest = { key, made };
    const bytes = bytesOf(made, key) + 2 * key.length + ENTRY;
    entries.set(key, { made, bytes });
    held += bytes;
    for (const [oldest, entry] of entries) {
      if (held <= bytesMax) break;
      entries.delete(oldest);
      held -= entry.bytes;
    }
    return made;
  };
}

const ENTRY = 200;
