/** Turns: nobody waits for more than one turn of each other, nothing idles while somebody waits, each tenant in order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Turns, type Sized } from './turns.js';

const TURN = 64;
const BATCH = 256;
const SIZES = { turn: TURN, batch: BATCH };

const itemsOf = <T>(batch: readonly Sized<T>[]): T[] => batch.map(({ item }) => item);
/** Of one tenant, `count` items of a size. */
const fill = (turns: Turns<string>, tenant: string, count: number, size: number) => {
  for (let i = 0; i < count; i += 1) turns.add(tenant, tenant, size);
};

describe('of tenants that wait', () => {
  it('one question is in the next batch, whatever others have waiting', () => {
    const turns = new Turns<string>(SIZES);
    fill(turns, 'noisy', 1_000, BATCH);
    for (let i = 0; i < 5; i += 1) {
      expect(itemsOf(turns.next())).toEqual(['noisy']);
      turns.add('quiet', 'question', 1);
      expect(itemsOf(turns.next())).toEqual(['question']);
    }
  });

  it('who asks again and again does not go in front again and again', () => {
    const turns = new Turns<string>(SIZES);
    fill(turns, 'waits', 10, BATCH);
    const batches = Array.from({ length: 6 }, () => {
      fill(turns, 'eager', 1, BATCH);
      return itemsOf(turns.next())[0];
    });
    expect(batches.filter((one) => one === 'waits')).toHaveLength(3);
  });

  it('each has its share of a batch, and who is alone has all of it', () => {
    const turns = new Turns<string>(SIZES);
    fill(turns, 'a', 1_000, 1);
    fill(turns, 'b', 1_000, 4);
    const batch = itemsOf(turns.next());
    expect(batch.filter((one) => one === 'a')).toHaveLength(128);
    expect(batch.filter((one) => one === 'b')).toHaveLength(32);
    const alone = new Turns<string>(SIZES);
    fill(alone, 'a', 1_000, 1);
    expect(alone.next()).toHaveLength(BATCH);
  });

  it('large items have no larger share than small ones', () => {
    const turns = new Turns<string>(SIZES);
    fill(turns, 'large', 1_000, BATCH);
    fill(turns, 'small', 20_000, 1);
    const served = { large: 0, small: 0 };
    for (let i = 0; i < 100; i += 1)
      for (const { item, size } of turns.next()) served[item as keyof typeof served] += size;
    expect(Math.abs(served.large - served.small)).toBeLessThanOrEqual(2 * BATCH);
  });

  it('what does not fit beside the pending ones waits, and keeps its turn', () => {
    const turns = new Turns<string>(SIZES);
    fill(turns, 'a', 1, 200);
    expect(turns.next(100)).toEqual([]);
    expect(turns.waiting).toBe(1);
    fill(turns, 'b', 1, 1);
    expect(itemsOf(turns.next())).toEqual(['a', 'b']);
  });

  it('an item that is larger than a batch fills one', () => {
    const turns = new Turns<string>(SIZES);
    fill(turns, 'a', 1, 10 * BATCH);
    expect(itemsOf(turns.next())).toEqual(['a']);
  });
});

describe('a tenant that was put aside', () => {
  const held = () => {
    const turns = new Turns<string>(SIZES);
    for (const item of ['a0', 'a1']) turns.add('a', item, 1);
    const [first, second] = [turns.next(1), turns.next(1)];
    turns.add('a', 'a2', 1);
    turns.add('b', 'b1', 1);
    // What was sent on top of another is back after it.
    turns.hold('a', first);
    turns.hold('a', second);
    turns.add('a', 'a3', 1);
    return turns;
  };

  it('has no turns, and the others have theirs', () => {
    const turns = held();
    expect(turns.held).toEqual(['a']);
    expect(turns.waiting).toBe(1);
    expect(itemsOf(turns.next())).toEqual(['b1']);
    expect(turns.next()).toEqual([]);
  });

  it('goes on where it was once it is let back', () => {
    const turns = held();
    turns.letBack('a');
    expect(turns.held).toEqual([]);
    expect(itemsOf(turns.next())).toEqual(['b1', 'a0', 'a1', 'a2', 'a3']);
    expect(turns.waiting).toBe(0);
  });

  it('is counted as held, who came for the first time as new, who had a turn as in turn', () => {
    const turns = held();
    fill(turns, 'c', 3, TURN);
    expect(turns.standing()).toEqual({
      new: { tenants: 2, items: 4 },
      in_turn: { tenants: 0, items: 0 },
      held: { tenants: 1, items: 4 },
    });
    // One question, and of the other what a turn may take.
    expect(turns.next(1 + TURN)).toHaveLength(2);
    expect(turns.standing()).toMatchObject({
      new: { tenants: 0, items: 0 },
      in_turn: { tenants: 1, items: 2 },
    });
  });

  it('stays aside when what waits of it is taken', () => {
    const turns = held();
    expect(itemsOf(turns.takeHeld('a'))).toEqual(['a0', 'a1', 'a2', 'a3']);
    turns.add('a', 'a4', 1);
    expect(itemsOf(turns.takeWaiting())).toEqual(['b1']);
    expect(turns.next()).toEqual([]);
    expect(turns.held).toEqual(['a']);
  });
});

interface Item {
  readonly tenant: string;
  readonly n: number;
}

/** What has been added and not been served, as the test knows it. */
class Waiting {
  readonly queues = new Map<string, Sized<Item>[]>();
  readonly aside = new Set<string>();
  /** What each other has been served since a tenant's head became its head. */
  private readonly since = new Map<string, Map<string, number>>();
  /** What a tenant's last item may have left it to pay. */
  private readonly owes = new Map<string, number>();
  private n = 0;

  add(tenant: string, size: number): Item {
    const item = { tenant, n: (this.n += 1) };
    const queue = this.queues.get(tenant) ?? [];
    if (queue.length === 0) this.since.set(tenant, new Map());
    this.queues.set(tenant, [...queue, { item, size, arrival: item.n }]);
    return item;
  }

  /** Returns what should have come instead, if anything. */
  serve({ item: { tenant }, size }: Sized<Item>): Item | undefined {
    const expected = this.queues.get(tenant)!.shift()!.item;
    this.owes.set(tenant, size);
    this.since.set(tenant, new Map());
    for (const [other, served] of this.since)
      if (other !== tenant) served.set(tenant, (served.get(tenant) ?? 0) + size);
    return expected;
  }

  letBack(tenant: string): void {
    this.aside.delete(tenant);
    this.since.set(tenant, new Map());
  }

  heads(): (Sized<Item> & { turns: number; others: number[] })[] {
    return [...this.queues].flatMap(([tenant, [head]]) =>
      this.aside.has(tenant) || head === undefined
        ? []
        : [
            {
              ...head,
              turns: 1 + Math.ceil((this.owes.get(tenant) ?? 0) / TURN),
              others: [...this.since.get(tenant)!.values()],
            },
          ],
    );
  }
}

it('holds for whatever arrives', { timeout: 60_000 }, () => {
  const tenant = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const size = fc.oneof(
    fc.constant(1),
    fc.integer({ min: 1, max: TURN }),
    fc.integer({ min: 1, max: BATCH }),
  );
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ tenant, size }) },
    { weight: 4, arbitrary: fc.record({ room: fc.constantFrom(BATCH, BATCH, 100, 10) }) },
    { weight: 1, arbitrary: fc.record({ hold: fc.constantFrom('a', 'b') }) },
    { weight: 1, arbitrary: fc.record({ letBack: fc.constantFrom('a', 'b') }) },
  );
  const asserted = { order: 0, working: 0, waits: 0 };
  fc.assert(
    fc.property(fc.array(step, { minLength: 50, maxLength: 300 }), (steps) => {
      const turns = new Turns<Item>(SIZES);
      const waiting = new Waiting();
      for (const one of steps) {
        if ('size' in one) turns.add(one.tenant, waiting.add(one.tenant, one.size), one.size);
        else if ('hold' in one) {
          turns.hold(one.hold, []);
          waiting.aside.add(one.hold);
        } else if ('letBack' in one) {
          turns.letBack(one.letBack);
          waiting.letBack(one.letBack);
        } else {
          const batch = turns.next(one.room);
          for (const served of batch) {
            expect(waiting.aside).not.toContain(served.item.tenant);
            expect(served.item).toBe(waiting.serve(served));
            asserted.order += 1;
          }
          const left = one.room - batch.reduce((sum, each) => sum + each.size, 0);
          expect(left).toBeGreaterThanOrEqual(0);
          const heads = waiting.heads();
          expect(turns.waiting > 0).toBe(heads.length > 0);
          if (heads.length > 0) {
            expect(heads.some((head) => head.size > left)).toBe(true);
            asserted.working += 1;
          }
          // A turn of each other for each of one's own, and what its last item of all was larger.
          for (const head of heads)
            for (const served of head.others) {
              expect(served).toBeLessThan(head.turns * TURN + BATCH);
              asserted.waits += 1;
            }
        }
      }
    }),
    { seed: 7, numRuns: 500 },
  );
  for (const [what, times] of Object.entries(asserted)) expect(times, what).toBeGreaterThan(1_000);
});
