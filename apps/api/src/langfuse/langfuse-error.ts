/** What a Langfuse server did that keeps Reeve from reading it, as a closed list; the message never holds a key. */
export const TROUBLES = [
  'address_refused', // a private address, or plain http to a host that is not named in the settings
  'unreachable',
  'too_slow',
  'redirected',
  'unauthenticated',
  'rate_limited',
  'not_found',
  'bad_request',
  'server_error',
  'too_large',
  'not_json',
  'not_langfuse', // JSON, and not what the API says
  'goes_round', // pages that come again, or never end
  'outside_window',
  'rows_missing', // fewer than the server said there are
] as const;
export type Trouble = (typeof TROUBLES)[number];

export class LangfuseError extends Error {
  constructor(
    readonly trouble: Trouble,
    message: string,
    /** Whole seconds that the server asked for. */
    readonly retryAfterSeconds: number | null = null,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
    this.name = 'LangfuseError';
  }
}

/** Troubles that another request in a while may not have. The others are the server's ways, and are not waited out. */
const PASSING: ReadonlySet<Trouble> = new Set([
  'unreachable',
  'too_slow',
  'rate_limited',
  'server_error',
  'not_json',
]);
export const mayPass = ({ trouble }: LangfuseError): boolean => PASSING.has(trouble);
