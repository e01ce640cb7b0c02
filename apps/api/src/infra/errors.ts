/**
 * The errors there are, as one closed table. A denial is not in it: being told "no" is a successful answer.
 * An error has a public half (code, message, path) and an internal half (`cause`), which is logged and never sent.
 */
export const ERRORS = {
  bad_request: { status: 400, graphql: 'BAD_REQUEST', title: 'Malformed request' },
  unauthenticated: { status: 401, graphql: 'UNAUTHENTICATED', title: 'Not signed in' },
  forbidden: { status: 403, graphql: 'FORBIDDEN', title: 'Not permitted' },
  not_found: { status: 404, graphql: 'NOT_FOUND', title: 'Not found' },
  method_not_allowed: { status: 405, graphql: 'METHOD_NOT_ALLOWED', title: 'Method not allowed' },
  conflict: { status: 409, graphql: 'CONFLICT', title: 'Changed in the meantime' },
  gone: { status: 410, graphql: 'GONE', title: 'No longer available' },
  too_large: { status: 413, graphql: 'TOO_LARGE', title: 'Body too large' },
  unsupported_media_type: { status: 415, graphql: 'UNSUPPORTED_MEDIA_TYPE', title: 'Unsupported media type' },
  invalid: { status: 422, graphql: 'BAD_USER_INPUT', title: 'Invalid input' },
  rate_limited: { status: 429, graphql: 'RATE_LIMITED', title: 'Too many requests' },
  internal: { status: 500, graphql: 'INTERNAL_SERVER_ERROR', title: 'Internal error' },
  unavailable: { status: 503, graphql: 'UNAVAILABLE', title: 'Unavailable' },
} as const;
export type ErrorCode = keyof typeof ERRORS;

/** One thing that is wrong with the input: where (JSON pointer or argument path) and what. */
export interface InputProblem {
  readonly path: string;
  readonly message: string;
}

export class DomainError extends Error {
  readonly problems: readonly InputProblem[];
  /** Public facts a client can act on, e.g. who made the conflicting change. */
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: {
      cause?: unknown;
      path?: string;
      problems?: readonly InputProblem[];
      details?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'DomainError';
    this.problems = options.problems ?? (options.path === undefined ? [] : [{ path: options.path, message }]);
    this.details = options.details;
  }
}
