import { Module } from '@nestjs/common';
import { EvaluationsModule } from '../evaluations/evaluations.module.js';
import { CheckpointMetrics } from './checkpoint-metrics.service.js';
import { CheckpointsRepository } from './checkpoints.repository.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsServer } from './metrics-server.js';
import { MetricsService } from './metrics.service.js';

/** The figures for who watches over this process. */
@Module({
  imports: [EvaluationsModule],
  controllers: [MetricsController],
  providers: [CheckpointMetrics, CheckpointsRepository, MetricsServer, MetricsService],
})
export class MetricsModule {}
