/** What was made for a key is made once. Bounded: when it is full it starts anew, which costs time and nothing else. */
export function remembered<T>(max: number, make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const before = made.get(key);
    if (before !== undefined) return before;
    const fresh = make(key);
    if (made.size >= max) made.clear();
    made.set(key, fresh);
    return fresh;
  };
}
