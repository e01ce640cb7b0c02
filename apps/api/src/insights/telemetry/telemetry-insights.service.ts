/** What agents' traces come to: latency, spend, and how what sends them is doing. */
import { Injectable } from '@nestjs/common';
import { valueOf } from '@reeve/telemetry';
import type { TenantScope } from '../../auth/tenant-scope.js';
import { DomainError } from '../../infra/errors.js';
import { bucketSecondsFor } from '../buckets.js';
import { LatencyReadModel } from './latency.read-model.js';
import { rangeOf } from './range.js';
import { ReceiversReadModel } from './receivers.read-model.js';
import type { SeriesDimension, SeriesFilter } from './series-filter.js';
import { SpendReadModel, type SpendSums } from './spend.read-model.js';
import type {
  FoldedDimension,
  Latency,
  LatencyOf,
  ReceiverState,
  SpendBucket,
  SpendRow,
  UserSpend,
} from './telemetry.model.js';

const MS_NS = 1e6;
const PICO = 1e12;
const DIMENSIONS_MAX = 4;

@Injectable()
export class TelemetryInsights {
  constructor(
    private readonly latencies: LatencyReadModel,
    private readonly spends: SpendReadModel,
    private readonly states: ReceiversReadModel,
  ) {}

  async latency(
    tenants: readonly TenantScope[],
    of: LatencyOf,
    from: Date,
    to: Date,
    filter: SeriesFilter,
  ): Promise<Latency[]> {
    const rows = await this.latencies.read(idsOf(tenants), of, rangeOf(from, to), filter);
    const slugOf = slugsOf(tenants);
    return rows.map(({ tenantId, latencyNs, p50, p95, p99, ...counts }) => ({
      ...counts,
      tenant: slugOf(tenantId),
      meanMs: counts.timed === 0 ? null : Number(latencyNs) / counts.timed / MS_NS,
      p50Ms: msOf(p50),
      p95Ms: msOf(p95),
      p99Ms: msOf(p99),
    }));
  }

  async spend(
    tenants: readonly TenantScope[],
    by: readonly SeriesDimension[],
    from: Date,
    to: Date,
    filter: SeriesFilter,
  ): Promise<SpendRow[]> {
    if (by.length === 0 || by.length > DIMENSIONS_MAX)
      throw new DomainError('invalid', `name 1 to ${DIMENSIONS_MAX} dimensions`, { path: 'by' });
    const rows = await this.spends.by(idsOf(tenants), by, rangeOf(from, to), filter);
    const slugOf = slugsOf(tenants);
    return rows.map((row) => ({ ...row, costUsd: usdOf(row), tenant: slugOf(row.tenantId) }));
  }

  async spendByUser(tenants: readonly TenantScope[], from: Date, to: Date): Promise<UserSpend[]> {
    const rows = await this.spends.byUser(idsOf(tenants), hoursOf(from, to));
    const slugOf = slugsOf(tenants);
    return rows.map((row) => ({ ...row, costUsd: usdOf(row), tenant: slugOf(row.tenantId) }));
  }

  async spendOverTime(
    tenants: readonly TenantScope[],
    from: Date,
    to: Date,
    filter: SeriesFilter,
  ): Promise<SpendBucket[]> {
    const range = rangeOf(from, to);
    const finest = range.grain === 'm' ? 1 : 60;
    const bucketMinutes = Math.max(finest, Math.ceil(bucketSecondsFor(from, to) / 60));
    const rows = await this.spends.over(idsOf(tenants), range, bucketMinutes, filter);
    return rows.map((row) => ({ ...row, costUsd: usdOf(row), at: new Date(row.at * 60_000) }));
  }

  async receivers(tenants: readonly TenantScope[]): Promise<ReceiverState[]> {
    const now = Math.floor(Date.now() / 60_000);
    const { receivers, rejections } = await this.states.read(idsOf(tenants), now);
    const slugOf = slugsOf(tenants);
    return receivers.map(({ tenantId, receiver, ...state }) => ({
      ...state,
      tenant: slugOf(tenantId),
      receiver,
      rejections: rejections.filter((each) => each.tenantId === tenantId && each.receiver === receiver),
    }));
  }

  async folded(tenants: readonly TenantScope[]): Promise<FoldedDimension[]> {
    const slugOf = slugsOf(tenants);
    const rows = await this.states.folded(idsOf(tenants));
    return rows.map(({ tenantId, ...row }) => ({ ...row, tenant: slugOf(tenantId) }));
  }
}

const idsOf = (tenants: readonly TenantScope[]): string[] => tenants.map(({ id }) => id);

function slugsOf(tenants: readonly TenantScope[]): (id: string) => string {
  const slugs = new Map(tenants.map(({ id, slug }) => [id, slug]));
  return (id) => slugs.get(id)!;
}

const msOf = (bin: number | null): number | null => (bin === null ? null : valueOf(bin) / MS_NS);

const usdOf = ({ cost }: Pick<SpendSums, 'cost'>): number => Number(cost) / PICO;

/** Users' spend is by the hour alone. */
function hoursOf(from: Date, to: Date) {
  const { from: first, to: end } = rangeOf(from, to);
  return { grain: 'h' as const, from: Math.floor(first / 60) * 60, to: Math.ceil(end / 60) * 60 };
}
