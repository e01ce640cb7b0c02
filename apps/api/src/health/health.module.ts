import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';

/** The questions of load balancers. */
@Module({ controllers: [HealthController], providers: [HealthService] })
export class HealthModule {}
