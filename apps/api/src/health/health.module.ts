import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';

/** What load balancers ask. */
@Module({ controllers: [HealthController], providers: [HealthService] })
export class HealthModule {}
