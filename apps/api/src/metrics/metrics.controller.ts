import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { bearerOf } from '../auth/bearer.js';
import { Public } from '../auth/permission.js';
import { CONTENT_TYPE, MetricsService } from './metrics.service.js';

/** Behind a token of its own, where there is no port for it. */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: MetricsService) {}

  @Get()
  @Public()
  @Header('content-type', CONTENT_TYPE)
  scrape(@Req() request: FastifyRequest): Promise<string> {
    return this.metrics.scrape('api', bearerOf(request));
  }
}
