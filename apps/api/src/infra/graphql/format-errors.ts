/** GraphQL errors as clients see them: a code, the paths, the request's id; never a stack or a statement. */
import type { FastifyReply } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { toGraphQLError } from '../failure.filter.js';

interface Execution {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors: readonly GraphQLError[];
}

export function formatErrors(
  { data, errors }: Execution,
  reply: FastifyReply | undefined,
  { hints }: { readonly hints: boolean },
): {
  statusCode: number;
  response: { data: Record<string, unknown> | null; errors: GraphQLFormattedError[] };
} {
  const requestId = reply?.request?.id;
  const formatted = errors
    .flatMap(unwrap)
    .map((error) => format(error, requestId))
    .map((error) => (hints ? error : { ...error, message: withoutHint(error.message) }))
    .slice(0, 20);
  tellWhen(formatted, reply);
  const executed = errors.some((error) => error.path !== undefined) || data != null;
  const statusCode = executed ? 200 : (statusOf(formatted[0]?.extensions?.['code']) ?? 200);
  return { statusCode, response: { data: data ?? null, errors: formatted } };
}

/** When to come again, as a REST answer says it too. */
function tellWhen(errors: readonly GraphQLFormattedError[], reply: FastifyReply | undefined): void {
  for (const { extensions } of errors) {
    const { retryAfterSeconds } = (extensions?.['details'] ?? {}) as { retryAfterSeconds?: unknown };
    if (typeof retryAfterSeconds === 'number') void reply?.header('retry-after', String(retryAfterSeconds));
  }
}

/** GraphQL's "Did you mean" tells the schema to whoever guesses, where introspection is closed. */
const withoutHint = (message: string): string => message.replace(/[;,]?\s*Did you mean [^]*$/, '');

/** Mercurius wraps what validation found. */
function unwrap(error: GraphQLError): readonly GraphQLError[] {
  const found = (error.originalError as { errors?: unknown } | undefined)?.errors;
  return Array.isArray(found)
    ? found.map((each) => asGraphQLError(each, 'GRAPHQL_VALIDATION_FAILED'))
    : [error];
}

const asGraphQLError = (error: unknown, code: string): GraphQLError => {
  const { message, nodes, source, positions, extensions } = error as GraphQLError;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code: codeOf(error, code), ...problemOf(message), ...extensions },
  });
};

/** A wrong variable is named as an argument would be: `filter/from`. */
const VARIABLE = /^Variable "\$(\w+)" got invalid value .*?(?: at "\1((?:\.\w+|\[\d+\])+)")?; (.*)$/s;
function problemOf(message: string): object {
  const match = VARIABLE.exec(message);
  if (match === null) return {};
  const [, variable, steps = '', problem] = match;
  const path = variable + steps.replaceAll(/[.[]/g, '/').replaceAll(']', '');
  return { errors: [{ path, message: problem }] };
}

/** Wrong variables are the caller's input; everything else validation finds is a wrong query. */
const codeOf = (error: unknown, otherwise: string): string =>
  (error as Error).message.startsWith('Variable "$') ? 'BAD_USER_INPUT' : otherwise;

function format(error: GraphQLError, requestId: string | undefined): GraphQLFormattedError {
  const known = typeof error.extensions['code'] === 'string';
  // Nothing ours threw it: an error of the engine about the query, or a failure that nobody foresaw.
  const shown =
    known || error.originalError === undefined ? error : toGraphQLError(error.originalError, requestId);
  return {
    message: shown.message,
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
    extensions: {
      code: 'GRAPHQL_VALIDATION_FAILED',
      ...shown.extensions,
      ...(requestId === undefined ? {} : { requestId }),
    },
  };
}

const STATUS: { readonly [code: string]: number } = {
  BAD_USER_INPUT: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  TOO_COMPLEX: 400,
  BAD_REQUEST: 400,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  UNAVAILABLE: 503,
};
const statusOf = (code: unknown): number | undefined => STATUS[String(code)];
