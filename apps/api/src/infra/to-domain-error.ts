/** Whatever was thrown, as an error of the closed table. What a stranger may not see becomes the cause. */
import { HttpException } from '@nestjs/common';
import { Prisma } from '@reeve/db';
import { DomainError, ERRORS, type ErrorCode } from './errors.js';

const BY_STATUS = new Map<number, ErrorCode>(
  Object.entries(ERRORS).map(([code, { status }]) => [status, code as ErrorCode]),
);

/** Fastify's and the parsers' own messages quote input or name internals; these do not. */
const PUBLIC_MESSAGES: { readonly [code in ErrorCode]?: string } = {
  bad_request: 'The request could not be read.',
  unauthenticated: 'Sign in first.',
  forbidden: 'The request was refused.',
  not_found: 'There is nothing here.',
  too_large: 'The body is larger than 1 MB.',
  unsupported_media_type: 'Send application/json.',
  rate_limited: 'Too many requests.',
};

/** SQLSTATE classes and driver codes that mean: the database is not there, not now, or not for writing. */
const UNAVAILABLE =
  /^(08|53|57P0|57014|55P03|25006|ECONN|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|P1001|P1002|P1008|P1017|P2024|P2028)/;
/** Prisma's words for the same, where it keeps no code. */
const AWAY = /^(SocketTimeout|ConnectionClosed|DatabaseNotReachable|TooManyConnections|TlsConnectionError)$/;
/** Messages of the driver without a code when a connection does not come, or goes. */
const LOST = /^(timeout e|Connection terminated|Client (has encountered a connection|was closed))/;

export function toDomainError(thrown: unknown): DomainError {
  if (thrown instanceof DomainError) return thrown;
  if (thrown instanceof HttpException) return fromStatus(thrown.getStatus(), thrown.cause ?? thrown);
  if (isFastifyError(thrown)) return fromStatus(thrown.statusCode, thrown);
  if (thrown instanceof Prisma.PrismaClientKnownRequestError && thrown.code === 'P2002')
    return new DomainError('conflict', 'Something with that name is already there.', { cause: thrown });
  if (isCutOff(thrown)) return new DomainError('bad_request', 'The request was cut off.', { cause: thrown });
  if (isDatabaseAway(thrown))
    return new DomainError('unavailable', 'The database cannot be reached right now.', { cause: thrown });
  return new DomainError('internal', 'Something went wrong on our side.', { cause: thrown });
}

/** True where the database, rather than what was asked of it, is the trouble. */
export const isDatabaseAway = (thrown: unknown): boolean =>
  chainOf(thrown).some(
    ({ code, originalCode, kind, message }) =>
      (typeof kind === 'string' && AWAY.test(kind)) ||
      [code, originalCode].some((each) => typeof each === 'string' && UNAVAILABLE.test(each)) ||
      (typeof message === 'string' && LOST.test(message)),
  );

/** A caller who went away while they were sending: Node's own error has the code of a lost connection. */
const isCutOff = (thrown: unknown): boolean => thrown instanceof Error && thrown.message === 'aborted';

function fromStatus(status: number, cause: unknown): DomainError {
  const code = BY_STATUS.get(status) ?? (status < 500 ? 'bad_request' : 'internal');
  return new DomainError(code, PUBLIC_MESSAGES[code] ?? ERRORS[code].title, { cause });
}

const isFastifyError = (thrown: unknown): thrown is { statusCode: number } =>
  thrown instanceof Error &&
  thrown.name === 'FastifyError' &&
  typeof (thrown as { statusCode?: unknown }).statusCode === 'number';

/** The error that was thrown and its causes; Prisma's adapter keeps the driver's own error three levels down. */
function chainOf(thrown: unknown, depth = 0): Record<string, unknown>[] {
  if (typeof thrown !== 'object' || thrown === null || depth > 5) return [];
  const one = thrown as Record<string, unknown>;
  const nested = (one['meta'] as Record<string, unknown> | undefined)?.['driverAdapterError'];
  return [one, ...chainOf(one['cause'], depth + 1), ...chainOf(nested, depth + 1)];
}
