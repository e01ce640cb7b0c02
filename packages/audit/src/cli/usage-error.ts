/** The caller's mistake: a wrong command line, or a file that cannot be read or written. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(
    message: string,
    readonly showUsage = true,
  ) {
    super(message);
  }
}

/** A file that would not be opened, read or written, in words. */
export function fileError(doing: 'read' | 'write', path: string, error: unknown): UsageError {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or folder',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
    EEXIST: 'the file is already there',
  };
  const reason = reasons[code] ?? (code || (error instanceof Error ? error.message : 'unknown error'));
  return new UsageError(`cannot ${doing} ${JSON.stringify(path)}: ${reason}`, false);
}
