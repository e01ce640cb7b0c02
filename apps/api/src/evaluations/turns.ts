/**
 * Whose turn it is, where many tenants wait for one connection. Each that waits is served in turn and may take a turn's
 * worth of size; what its last item was larger it pays for with its next turns (deficit round robin: Shreedhar and
 * Varghese, 1995). Who comes while others wait goes in front once (RFC 8290, "sparse flows"), and is behind them then. So
 * nobody waits for more than one turn of each other, whatever the others have waiting.
 */
export interface Sizes {
  /** What a tenant may take in one turn. */
  readonly turn: number;
  /** What one batch takes; an item that is larger counts as one that fills it. */
  readonly batch: number;
}

export interface Sized<T> {
  readonly item: T;
  readonly size: number;
  /** Its place among all that arrived. */
  readonly arrival: number;
}

interface Queue<T> {
  readonly items: Sized<T>[];
  /** What it may take before its turn ends; below zero, what it owes. */
  credit: number;
}

/** How tenants stand to their turns: no turn yet, had one, put aside. */
export const TENANT_CLASSES = ['new', 'in_turn', 'held'] as const;
export type TenantClass = (typeof TENANT_CLASSES)[number];

/** Of one class. */
export interface Standing {
  readonly tenants: number;
  readonly items: number;
}

export class Turns<T> {
  /** Who came and had no turn yet. */
  private readonly fresh = new Map<string, Queue<T>>();
  /** Who had one, in the order of the next ones. Who has nothing waiting any more leaves when their turn has come. */
  private readonly ring = new Map<string, Queue<T>>();
  private readonly aside = new Map<string, Queue<T>>();
  private count = 0;
  private arrivals = 0;

  constructor(private readonly sizes: Sizes) {}

  /** Items that wait for a turn. */
  get waiting(): number {
    return this.count;
  }

  /** Tenants who were put aside. */
  get held(): string[] {
    return [...this.aside.keys()];
  }

  /** Who waits, by class; who has nothing waiting is not counted. */
  standing(): Record<TenantClass, Standing> {
    return { new: standingOf(this.fresh), in_turn: standingOf(this.ring), held: standingOf(this.aside) };
  }

  /** Behind what else of its tenant waits. */
  add(tenantId: string, item: T, size: number): void {
    const entry = { item, size: Math.min(size, this.sizes.batch), arrival: (this.arrivals += 1) };
    const held = this.aside.get(tenantId);
    if (held !== undefined) {
      held.items.push(entry);
      return;
    }
    this.count += 1;
    const queue = this.fresh.get(tenantId) ?? this.ring.get(tenantId);
    if (queue === undefined) this.fresh.set(tenantId, { items: [entry], credit: this.sizes.turn });
    else queue.items.push(entry);
  }

  /** What fits into `room` of what waits, in turns; empty where nobody waits or the next item does not fit. */
  next(room = this.sizes.batch): Sized<T>[] {
    let left = room;
    const batch: Sized<T>[] = [];
    for (;;) {
      const line = this.fresh.size > 0 ? this.fresh : this.ring;
      const [first] = line;
      if (first === undefined) return batch;
      const [tenantId, queue] = first;
      const served = batch.length;
      while (queue.credit > 0 && queue.items.length > 0) {
        const [head] = queue.items as [Sized<T>];
        if (head.size > left) return batch;
        batch.push(head);
        queue.items.shift();
        queue.credit -= head.size;
        left -= head.size;
        this.count -= 1;
      }
      line.delete(tenantId);
      if (queue.items.length === 0 && batch.length === served) continue;
      if (queue.credit <= 0) queue.credit += this.sizes.turn;
      this.ring.set(tenantId, queue);
    }
  }

  /** Puts a tenant aside, with what was taken of it back in its place: it has no turns until it is let back. */
  hold(tenantId: string, taken: readonly Sized<T>[]): void {
    const waiting = this.fresh.get(tenantId) ?? this.ring.get(tenantId);
    const queue = this.aside.get(tenantId) ?? waiting ?? { items: [], credit: 0 };
    this.count -= waiting?.items.length ?? 0;
    this.fresh.delete(tenantId);
    this.ring.delete(tenantId);
    queue.items.push(...taken);
    queue.items.sort((a, b) => a.arrival - b.arrival);
    this.aside.set(tenantId, queue);
  }

  letBack(tenantId: string): void {
    const items = this.takeHeld(tenantId);
    this.aside.delete(tenantId);
    if (items.length === 0) return;
    this.count += items.length;
    this.ring.set(tenantId, { items, credit: this.sizes.turn });
  }

  /** Takes what waits of a tenant who was put aside, and stays there. */
  takeHeld(tenantId: string): Sized<T>[] {
    return this.aside.get(tenantId)?.items.splice(0) ?? [];
  }

  /** Takes what waits for a turn. */
  takeWaiting(): Sized<T>[] {
    const all = [...this.fresh.values(), ...this.ring.values()].flatMap(({ items }) => items);
    this.fresh.clear();
    this.ring.clear();
    this.count = 0;
    return all;
  }
}

function standingOf(queues: ReadonlyMap<string, Queue<unknown>>): Standing {
  const waiting = [...queues.values()].filter(({ items }) => items.length > 0);
  return { tenants: waiting.length, items: waiting.reduce((sum, { items }) => sum + items.length, 0) };
}
