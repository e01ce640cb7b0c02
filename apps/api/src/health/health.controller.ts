import { Controller, Get } from '@nestjs/common';
import { Public } from '../auth/permission.js';
import { HealthService } from './health.service.js';

@Controller()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  /** The process runs. */
  @Get('healthz')
  @Public()
  alive(): { status: 'alive' } {
    return { status: 'alive' };
  }

  /** It can decide; 503 while it cannot. */
  @Get('readyz')
  @Public()
  ready(): Promise<{ status: 'ready' }> {
    return this.health.ready();
  }
}
