import { describe, expect, it } from 'vitest';
import { IngestTurns } from './ingest-turns.js';

describe('turns of tenants', () => {
  const added = (...items: [tenant: string, item: number, weight?: number][]) => {
    const turns = new IngestTurns<number>(2, 10);
    for (const [tenant, item, weight = 1] of items) turns.add(tenant, { item, weight });
    return turns;
  };

  it('what came of one tenant meanwhile goes together, as much as may', () => {
    const turns = added(['a', 1, 4], ['a', 2, 4], ['a', 3, 4], ['a', 4, 1]);
    expect(turns.next()).toEqual({ tenantId: 'a', items: [1, 2] });
    expect(turns.next()).toBeUndefined();
    turns.done('a');
    expect(turns.next()).toEqual({ tenantId: 'a', items: [3, 4] });
  });

  it('whoever has more waits behind the others', () => {
    const turns = added(['a', 1, 10], ['a', 2, 10], ['b', 3], ['c', 4]);
    expect(turns.next()?.tenantId).toBe('a');
    expect(turns.next()?.tenantId).toBe('b');
    // Two at once.
    expect(turns.next()).toBeUndefined();
    turns.done('a');
    expect(turns.next()?.tenantId).toBe('c');
    turns.done('b');
    expect(turns.next()).toEqual({ tenantId: 'a', items: [2] });
  });

  it('what is heavier than may go together goes alone', () => {
    const turns = added(['a', 1, 50], ['a', 2]);
    expect(turns.next()).toEqual({ tenantId: 'a', items: [1] });
  });
});
