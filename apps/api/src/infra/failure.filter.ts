/**
 * Every failure leaves through here: as RFC 9457 problem details on REST, as an error with a code on GraphQL. Nothing
 * of a stack, a statement or a foreign message goes out; what went wrong inside is logged under the request's id.
 */
import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { ANSWER_HEADERS } from './answer-headers.js';
import { DomainError, ERRORS } from './errors.js';
import { databaseOutage } from './outage.js';
import { isDatabaseAway, toDomainError } from './to-domain-error.js';

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly { path: string; message: string }[];
  readonly request_id: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** How a failure is written where the standard of a route has its own form. */
export interface FailureForm {
  readonly contentType: string;
  /** The same failure as that standard's clients have to be told it. */
  respell(error: DomainError): DomainError;
  write(error: DomainError): Uint8Array;
}

const log = new Logger('Failure');

@Catch()
export class FailureFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    if (host.getType<GqlContextType>() === 'graphql') throw toGraphQLError(thrown, undefined);
    const http = host.switchToHttp();
    sendProblem(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), thrown);
  }
}

/** Also for what fails before or beside Nest's own handlers. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  thrown: unknown,
  form?: FailureForm,
): void {
  const known = thrown instanceof DomainError ? thrown : unreadable(toDomainError(thrown));
  logInternal(known, request.id);
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  const error = form?.respell(known) ?? known;
  const { status } = ERRORS[error.code];
  // A malformed URL gets here before the hook that sets them.
  void reply.headers({ ...ANSWER_HEADERS, 'x-request-id': request.id });
  const retryAfter = error.details?.['retryAfterSeconds'];
  if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
  if (status === 401) void reply.header('www-authenticate', 'Bearer realm="reeve"');
  void reply
    .code(status)
    .type(form?.contentType ?? 'application/problem+json')
    .send(form === undefined ? problemOf(error, request.id) : Buffer.from(form.write(error)));
}

/** As bytes: Node would write the headers in the encoding of a text, and an id in it would not be what was sent. */
function problemOf(error: DomainError, requestId: string): Buffer {
  const { status, title } = ERRORS[error.code];
  const problem: Problem = {
    type: `urn:reeve:problem:${error.code}`,
    title,
    status,
    detail: error.message,
    errors: error.problems,
    request_id: requestId,
    ...(error.details === undefined ? {} : { details: error.details }),
  };
  return Buffer.from(JSON.stringify(problem));
}

/** A body that Fastify could not read is invalid input. */
function unreadable(error: DomainError): DomainError {
  const cause = error.cause as { code?: string; name?: string } | undefined;
  const broken =
    cause?.name === 'SyntaxError' ||
    cause?.code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ||
    cause?.code === 'FST_ERR_CTP_INVALID_JSON_BODY';
  if (error.code !== 'bad_request' || !broken) return error;
  const message = 'The body is not JSON.';
  return new DomainError('invalid', message, { cause, problems: [{ path: '', message }] });
}

/** `requestId` is left out where the formatter adds it. */
export function toGraphQLError(thrown: unknown, requestId: string | undefined): GraphQLError {
  if (thrown instanceof GraphQLError) return thrown;
  const error = toDomainError(thrown);
  logInternal(error, requestId);
  return new GraphQLError(error.message, {
    extensions: {
      code: ERRORS[error.code].graphql,
      ...(error.problems.length > 0 ? { errors: error.problems } : {}),
      ...(error.details === undefined ? {} : { details: error.details }),
    },
  });
}

function logInternal(error: DomainError, requestId: string | undefined): void {
  if (ERRORS[error.code].status < 500) return;
  // Nothing failed: there was too much of something, or the process is shutting down.
  if (error.code === 'unavailable' && error.cause === undefined) return;
  if (isDatabaseAway(error)) return databaseOutage.failed(error);
  const cause =
    error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : String(error.cause);
  // An id is the caller's: a terminal that shows the log must find nothing in it to obey.
  const id = (requestId ?? 'unknown').replaceAll(/\p{Cc}/gu, '?');
  log.error(`${error.message} [request ${id}]\n${cause}`);
}
