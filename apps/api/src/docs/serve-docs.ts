/**
 * `/docs`: the guides, and the REST reference, from the OpenAPI document that is served and committed, in Swagger UI as npm installed it.
 * For anyone: it says what the standard and the repository say. Nothing can be sent from it, a key belongs in no page.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { guidePages } from './guide-pages.js';
import { page, STYLES } from './page.js';

const PACKAGE = createRequire(import.meta.url).resolve('swagger-ui-dist/package.json');
const FILES = new Set(['/swagger-ui-bundle.js', '/swagger-ui.css']);

const START = `document.documentElement.classList.toggle('dark-mode', matchMedia('(prefers-color-scheme: dark)').matches);
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  supportedSubmitMethods: [],
  validatorUrl: null, // would ask a server of others
});
`;

const REST = page(
  'REST',
  '<main id="reference"><noscript><p><a href="/openapi.json">openapi.json</a></p></noscript></main>\n<script src="/docs/ui/swagger-ui-bundle.js"></script>\n<script src="/docs/start.js"></script>',
  '<link rel="stylesheet" href="/docs/ui/swagger-ui.css">\n',
);

export async function serveDocs(app: NestFastifyApplication): Promise<void> {
  await app.register(fastifyStatic, {
    root: dirname(PACKAGE),
    prefix: '/docs/ui/',
    decorateReply: false,
    index: false,
    allowedPath: (path) => FILES.has(path),
  });
  const fastify = app.getHttpAdapter().getInstance();
  for (const [path, type, text] of [
    ['/docs', 'text/html', REST],
    ...guidePages().map(([path, text]) => [path, 'text/html', text] as const),
    ['/docs/docs.css', 'text/css', STYLES],
    ['/docs/start.js', 'text/javascript', START],
  ] as const)
    fastify.get(path, (_request, reply) =>
      reply.header('cache-control', 'no-cache').type(`${type}; charset=utf-8`).send(text),
    );
}
