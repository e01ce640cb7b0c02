/**
 * The built console, beside the API on one port. What Vite hashed never changes; the page itself is asked for every
 * time. Any other GET that wants HTML is a place inside the console.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from './config.js';
import { DomainError } from './errors.js';
import { sendProblem } from './failure.filter.js';

const API = /^\/(access|auth|graphql|v1|healthz|readyz|docs|openapi\.json|\.well-known|assets)(\/|\?|$)/;

export async function serveConsole(app: NestFastifyApplication, config: Config): Promise<void> {
  const root = config.consoleDir ?? beside(import.meta.url);
  const built = root !== undefined && existsSync(join(root, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root,
      wildcard: false,
      index: false,
      cacheControl: false,
      // What is asked for again is known by its etag, and nobody asks for a part of it.
      lastModified: false,
      acceptRanges: false,
      // The build has left a .br and a .gz beside each file.
      preCompressed: true,
      setHeaders: (response, path) => {
        const hashed = path.startsWith(join(root, 'assets'));
        // The icon's name stays; it is asked for at each change of the address.
        const kept = path.endsWith('.svg') ? 'public, max-age=86400' : 'no-cache';
        response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : kept);
      },
    });
  }
  // The least specific route: Nest keeps the not-found handler for itself.
  app
    .getHttpAdapter()
    .getInstance()
    .get('/*', (request: FastifyRequest, reply: FastifyReply) => {
      if (!built || API.test(request.url) || !wantsPage(request))
        return sendProblem(request, reply, new DomainError('not_found', 'There is nothing here.'));
      return reply.sendFile('index.html');
    });
}

/** The root is the console for whoever asks: curl and probes say that they take anything. */
const wantsPage = ({ headers, url }: FastifyRequest): boolean =>
  /^\/(\?|$)/.test(url) || (headers.accept?.includes('text/html') ?? false);

/** apps/web/dist, from apps/api/src/infra or from the bundle in apps/api/dist. */
function beside(url: string): string | undefined {
  for (let folder = dirname(fileURLToPath(url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'apps', 'web'))) return join(folder, 'apps', 'web', 'dist');
  }
  return undefined;
}
