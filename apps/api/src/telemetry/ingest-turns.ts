/**
 * Whose deliveries are written next: one transaction of a tenant at a time, tenants in turn, and what came of one while
 * its last one was under way together. Nobody waits for a timer.
 */
export interface Waiting<Item> {
  readonly item: Item;
  readonly weight: number;
}

export class IngestTurns<Item> {
  /** In the order of their turns. */
  private readonly waiting = new Map<string, Waiting<Item>[]>();
  private readonly underWay = new Set<string>();

  /** `weightMax`: of what is written together; one that is heavier goes alone. */
  constructor(
    private readonly atOnce: number,
    private readonly weightMax: number,
  ) {}

  add(tenantId: string, waiting: Waiting<Item>): void {
    const line = this.waiting.get(tenantId);
    if (line === undefined) this.waiting.set(tenantId, [waiting]);
    else line.push(waiting);
  }

  /** The next ones that can be written now; `done` has to be called when they are. */
  next(): { readonly tenantId: string; readonly items: Item[] } | undefined {
    if (this.underWay.size >= this.atOnce) return undefined;
    for (const [tenantId, line] of this.waiting) {
      if (this.underWay.has(tenantId)) continue;
      const items = this.taken(line);
      // Whoever has more waits behind the others.
      this.waiting.delete(tenantId);
      if (line.length > 0) this.waiting.set(tenantId, line);
      this.underWay.add(tenantId);
      return { tenantId, items };
    }
    return undefined;
  }

  done(tenantId: string): void {
    this.underWay.delete(tenantId);
  }

  private taken(line: Waiting<Item>[]): Item[] {
    let weight = 0;
    const beyond = line.findIndex((each, i) => (weight += each.weight) > this.weightMax && i > 0);
    return line.splice(0, beyond < 0 ? line.length : beyond).map(({ item }) => item);
  }
}
