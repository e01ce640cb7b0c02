/** The wire: JSON over the session's cookie. Forged requests are refused by Fetch Metadata and Origin, so there is no token. */
import type { Text } from '../gql/generated/index.js';
import { ApiError, type Problem } from './api-error.js';
import { isSessionEnd, leaveForSignIn } from './session-ended.js';

export type SessionState = 'signed_out' | 'second_factor' | 'signed_in' | 'set_up';

export const sessionState = async (): Promise<SessionState> =>
  ((await request('GET', '/auth/session')) as { state: SessionState }).state;

export const post = (path: string, body: unknown = {}): Promise<unknown> => request('POST', path, body);

/** Aborts with the query that asked. Rejects with ApiError; a partial answer is a failure too. */
export async function query<R, V>(text: Text<R, V>, variables: V, signal?: AbortSignal): Promise<R> {
  const answer = (await request('POST', '/graphql', { query: text, variables }, signal)) as GraphQLAnswer<R>;
  const [error] = answer.errors ?? [];
  if (error !== undefined) {
    const failure = fromGraphQL(error);
    if (isSessionEnd(failure)) leaveForSignIn();
    throw failure;
  }
  return answer.data as R;
}

export interface GraphQLError {
  readonly message: string;
  readonly extensions?: {
    code?: string;
    problems?: Problem[];
    errors?: Problem[];
    details?: Record<string, unknown>;
    requestId?: string;
  };
}
interface GraphQLAnswer<R> {
  readonly data?: R | null;
  readonly errors?: readonly GraphQLError[];
}

export function fromGraphQL({ message, extensions = {} }: GraphQLError): ApiError {
  const { code = 'INTERNAL_SERVER_ERROR', problems, errors, details, requestId } = extensions;
  return new ApiError(code, message, problems ?? errors ?? [], details ?? {}, requestId ?? null);
}

/** Nothing the console asks takes as long; whoever waits for an answer is told that there is none. */
const PATIENCE_MS = 30_000;

async function request(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<unknown> {
  const late = AbortSignal.timeout(PATIENCE_MS);
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal === undefined ? late : AbortSignal.any([signal, late]),
    });
    text = await answer.text();
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new ApiError(
      'UNREACHABLE',
      late.aborted
        ? `Reeve has not answered for ${PATIENCE_MS / 1000} s; it may still do what was asked.`
        : 'Reeve cannot be reached.',
    );
  }
  const parsed = parse(text);
  if (answer.ok) return parsed;
  // GraphQL answers its own errors in its own shape, whatever the status.
  if (typeof parsed === 'object' && parsed !== null && 'errors' in parsed && path === '/graphql')
    return parsed;
  const problem = (parsed ?? {}) as {
    detail?: string;
    title?: string;
    errors?: Problem[];
    request_id?: string;
  };
  throw new ApiError(
    CODES[answer.status] ?? 'INTERNAL_SERVER_ERROR',
    problem.detail ?? problem.title ?? `The API answered ${answer.status}.`,
    problem.errors ?? [],
    {},
    problem.request_id ?? null,
  );
}

const CODES: Record<number, string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'GONE',
  422: 'BAD_USER_INPUT',
  429: 'RATE_LIMITED',
  503: 'UNAVAILABLE',
};

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
