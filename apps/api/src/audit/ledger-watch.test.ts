import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AdminActor } from '../auth/admin-actor.js';
import type { Standing } from '../auth/standing.service.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import type { HeadsReadModel, HeadRow } from './heads.read-model.js';
import { LedgerWatch } from './ledger-watch.service.js';

const TENANT = { id: 't1', slug: 'alpha' } as TenantScope;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('tells of an outage once when it begins and once when it is over, each time there is one', async () => {
  const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  let failure: Error | undefined;
  const of = () =>
    failure === undefined
      ? Promise.resolve([{ tenantId: 't1', seq: '1', epoch: '1', at: new Date(0) } as unknown as HeadRow])
      : Promise.reject(failure);
  const watch = new LedgerWatch(
    { of } as unknown as HeadsReadModel,
    { still: () => Promise.resolve(true) } as unknown as Standing,
  );
  watch.subscribe({} as AdminActor, TENANT);
  const pass = () => vi.advanceTimersByTimeAsync(5_000);

  await pass();
  expect(warn).not.toHaveBeenCalled();
  for (const outage of [1, 2]) {
    failure = new Error('the database is away');
    await pass();
    expect(warn).toHaveBeenCalledTimes(2 * outage - 1);
    expect(warn.mock.lastCall![0]).toMatch(/the database is away/);
    failure = undefined;
    await pass();
    expect(warn).toHaveBeenCalledTimes(2 * outage);
  }
  watch.onApplicationShutdown();
});

it('tells of a change at its next look, a quarter of a second later at the latest', async () => {
  let epoch = 1;
  const of = () =>
    Promise.resolve([
      { tenantId: 't1', seq: '1', epoch: String(epoch), at: new Date(0) } as unknown as HeadRow,
    ]);
  const watch = new LedgerWatch(
    { of } as unknown as HeadsReadModel,
    { still: () => Promise.resolve(true) } as unknown as Standing,
  );
  const events = watch.subscribe({} as AdminActor, TENANT);
  await vi.advanceTimersByTimeAsync(0);
  expect((await events.next()).value).toMatchObject({ ledgerAdvanced: { epoch: '1', changed: false } });
  const told = vi.fn<(event: unknown) => void>();
  void events.next().then(({ value }) => told(value));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).not.toHaveBeenCalled();
  epoch = 2;
  await vi.advanceTimersByTimeAsync(250);
  expect(told).toHaveBeenCalledWith({ ledgerAdvanced: expect.objectContaining({ changed: true }) });
  watch.onApplicationShutdown();
});
