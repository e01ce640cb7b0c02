/** /metrics on a port of its own, where REEVE_METRICS_PORT names one: it is asked by machines of the inside, over plain HTTP. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { bearerOf } from '../auth/bearer.js';
import { CONFIG, type Config } from '../infra/config.js';
import { DomainError, ERRORS } from '../infra/errors.js';
import { toDomainError } from '../infra/to-domain-error.js';
import { CONTENT_TYPE, MetricsService } from './metrics.service.js';

@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private server: Server | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly metrics: MetricsService,
  ) {}

  /** Rejects when the port is taken: then the process does not start. */
  async onApplicationBootstrap(): Promise<void> {
    const { metricsPort, host } = this.config;
    if (metricsPort === undefined) return;
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.listen(metricsPort, host);
    await once(this.server, 'listening');
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.server === undefined) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (request.method !== 'GET' || request.url !== '/metrics')
        throw new DomainError('not_found', 'There is nothing here.');
      const text = await this.metrics.scrape('own', bearerOf(request));
      response.writeHead(200, { 'content-type': CONTENT_TYPE }).end(text);
    } catch (error) {
      const { code, message } = toDomainError(error);
      const challenge = code === 'unauthenticated' ? { 'www-authenticate': 'Bearer realm="reeve"' } : {};
      response.writeHead(ERRORS[code].status, { 'content-type': 'text/plain; charset=utf-8', ...challenge });
      response.end(`${message}\n`);
    }
  }
}
