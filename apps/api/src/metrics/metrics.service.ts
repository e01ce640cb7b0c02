/** What /metrics says, and to whom. Off, nothing is registered and nothing of it runs. */
import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Registry, type OpenMetricsContentType } from 'prom-client';
import { tokenHash } from '../auth/tokens.js';
import { DecisionMetrics } from '../evaluations/decision-metrics.service.js';
import { CONFIG, type Config } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { CheckpointMetrics } from './checkpoint-metrics.service.js';

/** OpenMetrics 1.0. */
export const CONTENT_TYPE = Registry.OPENMETRICS_CONTENT_TYPE;

/** The port that was asked: the one of everything, or the one of this alone. */
export type AskedPort = 'api' | 'own';

@Injectable()
export class MetricsService {
  private readonly registry = new Registry<OpenMetricsContentType>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    decisions: DecisionMetrics,
    checkpoints: CheckpointMetrics,
  ) {
    if (config.metricsPort === undefined && config.metricsToken === undefined) return;
    this.registry.setContentType(CONTENT_TYPE);
    for (const metric of [...decisions.metrics(), ...checkpoints.metrics()])
      this.registry.registerMetric(metric);
    collectDefaultMetrics({ register: this.registry });
  }

  /** Throws `not_found` where it is off, `unauthenticated` without the token. */
  async scrape(port: AskedPort, bearer: string | undefined): Promise<string> {
    const { metricsPort, metricsToken } = this.config;
    const isHere = port === 'own' || (metricsPort === undefined && metricsToken !== undefined);
    if (!isHere) throw new DomainError('not_found', 'There is nothing here.');
    if (metricsToken !== undefined && !isSame(bearer ?? '', metricsToken))
      throw new DomainError('unauthenticated', 'Send the token for metrics.');
    return this.registry.metrics();
  }
}

/** In a time that says nothing about either. */
const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(tokenHash(one)), Buffer.from(tokenHash(other)));
