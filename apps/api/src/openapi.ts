/** The REST routes as OpenAPI 3.1, whose schemas are JSON Schema 2020-12: from Nest's handlers and the agents' routes. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { ExportQuery } from './audit/export-query.js';
import { agentControllers } from './entrance/agent-controllers.js';
import { answerOf, routesOf, type MountedRoute, type RouteBody } from './entrance/agent-route.js';

type Operation = Record<string, unknown> & { responses?: Record<string, unknown> };

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457 problem details.',
  required: ['type', 'title', 'status', 'detail', 'errors', 'request_id'],
  properties: {
    type: { type: 'string', example: 'urn:reeve:problem:invalid' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: { type: 'string', description: 'A JSON Pointer (RFC 6901).' },
          message: { type: 'string' },
        },
      },
    },
    request_id: { type: 'string' },
    details: { type: 'object', additionalProperties: true },
  },
};

export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const head = new DocumentBuilder()
    .setTitle('Reeve')
    .setDescription(
      'What agents ask and report, how members sign in, how auditors export. Administration is GraphQL at /graphql.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'An API key: rvk_agent_… or rvk_mgmt_…' },
      'apiKey',
    )
    .addCookieAuth('reeve_session', { type: 'apiKey', in: 'cookie' }, 'session')
    .build();
  const document = SwaggerModule.createDocument(app, head, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}_${method}`,
  });
  document.openapi = '3.1.0';
  document.tags = [{ name: 'Agents' }, { name: 'Audit' }];
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM, Json: JSON_VALUE },
  };
  for (const route of routesOf(agentControllers(app)))
    document.paths[route.path] = {
      ...document.paths[route.path],
      [route.method.toLowerCase()]: agentOperation(route),
    };
  for (const [path, item] of Object.entries(document.paths))
    for (const operation of Object.values(item as Record<string, Operation>)) complete(path, operation);
  return document;
}

const agentOperation = (route: MountedRoute): Operation => ({
  operationId: route.path.slice(1).replaceAll('/', '_'),
  summary: route.summary,
  ...(route.body === undefined ? {} : { requestBody: { required: true, content: contentOf(route.body) } }),
  responses: { [answerOf(route, {}).status]: { description: '' } },
  tags: ['Agents'],
});

const contentOf = ({ contentTypes, schema }: RouteBody) =>
  Object.fromEntries(contentTypes.map((type) => [type, { schema: inDocument(schema()) }]));

/** Any JSON: what zod writes as a definition of its own, at a place where no reference of this document leads. */
const JSON_VALUE = { description: 'Any JSON.' };

/** A schema that stands in a document has no document's head and no definitions of its own. */
function inDocument(schema: unknown): object {
  const { $schema: _, $defs: _definitions, ...rest } = schema as Record<string, unknown>;
  return JSON.parse(
    JSON.stringify(rest).replaceAll(/#\/\$defs\/__schema\d+/g, '#/components/schemas/Json'),
  ) as object;
}

/** One parameter a member of the query's schema. */
function queryParameters(query: z.ZodObject): object[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

/** The part that the decorators do not say: who authenticates how, and that every failure is a problem. */
function complete(path: string, operation: Operation): void {
  if (path === '/v1/audit/export') operation['parameters'] = queryParameters(ExportQuery);
  if (path.startsWith('/access/') || path.startsWith('/v1/'))
    operation['security'] =
      path === '/v1/audit/export' ? [{ session: [] }, { apiKey: [] }] : [{ apiKey: [] }];
  operation.responses = {
    ...operation.responses,
    default: {
      description: 'A problem.',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  };
}

/** Made when somebody first asks for it. */
export function serveOpenApi(app: NestFastifyApplication): void {
  let document: OpenAPIObject | undefined;
  app
    .getHttpAdapter()
    .getInstance()
    .get('/openapi.json', () => (document ??= openApiDocument(app)));
}
