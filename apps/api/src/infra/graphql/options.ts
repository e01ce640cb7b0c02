/** GraphQL over HTTP and graphql-ws, on the API's own Fastify. */
import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyReply } from 'fastify';
import { type DocumentNode, type GraphQLSchema, NoSchemaIntrospectionCustomRule } from 'graphql';
import type { Config } from '../config.js';
import { refuseCostly } from './cost.js';
import { formatErrors } from './format-errors.js';
import { DateTime, JSONValue } from './scalars.js';

/** No type of ours nests deeper than 6. */
const DEPTH_MAX = 8;
/** The standard introspection query is 15 deep; only a development server answers it. */
const DEPTH_MAX_INTROSPECTION = 16;

export function graphqlOptions(config: Config): Omit<MercuriusDriverConfig, 'driver'> {
  const open = config.environment === 'development';
  return {
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    buildSchemaOptions: {
      scalarsMap: [
        { type: Date, scalar: DateTime },
        { type: Object, scalar: JSONValue },
      ],
    },
    graphiql: false,
    allowBatchedQueries: false,
    queryDepth: open ? DEPTH_MAX_INTROSPECTION : DEPTH_MAX,
    validationRules: open ? [] : [NoSchemaIntrospectionCustomRule],
    errorFormatter: (execution, context) =>
      formatErrors({ data: execution.data ?? null, errors: execution.errors ?? [] }, replyOf(context), {
        hints: open,
      }),
    hooks: {
      preExecution: (
        schema: GraphQLSchema,
        document: DocumentNode,
        _context: unknown,
        variables: object | undefined,
      ) => {
        refuseCostly(schema, document, (variables ?? {}) as Record<string, unknown>);
      },
    },
    subscription: {
      keepAlive: 20_000,
    },
  };
}

const replyOf = (context: unknown): FastifyReply | undefined => (context as { reply?: FastifyReply }).reply;
