/** The panels of what was asked: how much, how it was decided, why not. Each is counted when it is asked for. */
import { Injectable } from '@nestjs/common';
import { seriesOf, totalsOf } from './buckets.js';
import type { DenialCell, EffectBucket, EffectCounts, ReasonCount } from './overview.model.js';
import { DenialsReadModel } from './panels/denials.read-model.js';
import { EffectCountsReadModel } from './panels/effect-counts.read-model.js';
import { EffectSeriesReadModel } from './panels/effect-series.read-model.js';
import { slugsOf, type PanelScope } from './panels/panel.js';
import { ReasonsReadModel } from './panels/reasons.read-model.js';

@Injectable()
export class EvaluationPanels {
  constructor(
    private readonly counts: EffectCountsReadModel,
    private readonly effects: EffectSeriesReadModel,
    private readonly denied: DenialsReadModel,
    private readonly why: ReasonsReadModel,
  ) {}

  async totals(of: PanelScope): Promise<EffectCounts> {
    return totalsOf(await this.counts.read(of, of));
  }

  /** Of the equally long time before. */
  async previous(of: PanelScope): Promise<EffectCounts> {
    const from = new Date(2 * of.from.getTime() - of.to.getTime());
    return totalsOf(await this.counts.read(of, { from, to: of.from }));
  }

  async series(of: PanelScope): Promise<EffectBucket[]> {
    return seriesOf(await this.effects.read(of), of.from, of.to, of.bucketSeconds);
  }

  async denials(of: PanelScope): Promise<DenialCell[]> {
    const slugOf = slugsOf(of);
    const rows = await this.denied.read(of);
    return rows.map(({ tenantId, ...cell }) => ({ ...cell, tenant: slugOf(tenantId) }));
  }

  reasons(of: PanelScope): Promise<ReasonCount[]> {
    return this.why.read(of);
  }
}
