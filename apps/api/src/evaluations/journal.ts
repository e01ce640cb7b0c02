/** Writes to maps that can be taken back: what an item had begun when it failed was never there. */
export class Journal {
  private written: { map: Map<unknown, unknown>; key: unknown; had: boolean; before: unknown }[] = [];

  set<K, V>(map: Map<K, V>, key: K, value: V): void {
    this.written.push({
      map,
      key,
      had: map.has(key),
      before: map.get(key),
    });
    map.set(key, value);
  }

  /** From here on there is nothing to take back. */
  keep(): void {
    if (this.written.length > 0) this.written = [];
  }

  takeBack(): void {
    for (const { map, key, had, before } of this.written.reverse())
      if (had) map.set(key, before);
      else map.delete(key);
    this.written = [];
  }
}
