/** A refusal of the API, with what a form needs: a code, a sentence, and problems by path. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly problems: readonly Problem[] = [],
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly requestId: string | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** The message for one input, or null. */
  at(path: string): string | null {
    return this.problems.find((problem) => problem.path.replace(/^\//, '') === path)?.message ?? null;
  }
}

export const isConflict = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.code === 'CONFLICT';
