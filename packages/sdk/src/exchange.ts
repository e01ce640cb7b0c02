/**
 * One request and its answer. Promises: it ends within its time whatever the other side or `fetch` does, reads what it
 * is sent to the end (so that the connection is kept alive) but not more than `ANSWER_CHARS`, and never throws.
 */
import type { Failure, Problem } from './failure.js';
import { isRecord, messageOf, parse } from './json.js';

/** Where Reeve is, and what opens its door. */
export interface Endpoint {
  readonly url: string;
  readonly key: string;
  readonly fetch: typeof globalThis.fetch;
}

export type Exchange =
  { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly failure: Failure };

/** More than any answer of Reeve's. */
const ANSWER_CHARS = 1_048_576;
/** Of somebody else's words, what goes into a message of ours. */
const QUOTE_CHARS = 500;

export const failed = (
  reason: Failure['reason'],
  message: string,
  more: Partial<Failure> = {},
): Exchange => ({
  ok: false,
  failure: { reason, message, ...more },
});

export async function exchange(
  endpoint: Endpoint,
  path: string,
  body: string,
  withinMs: number,
  signal?: AbortSignal,
): Promise<Exchange> {
  const wrong = misconfigured(endpoint);
  if (wrong !== null) return failed('misconfigured', wrong);
  if (signal?.aborted === true) return failed('aborted', 'the caller gave up');
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: (() => void) | undefined;
  // A fetch that does not listen to its signal must not keep us.
  const cut = new Promise<Exchange>((resolve) => {
    timer = setTimeout(
      () => resolve(failed('timed_out', `no answer within ${Math.round(withinMs)} ms`)),
      withinMs,
    );
    onAbort = () => resolve(failed('aborted', 'the caller gave up'));
    signal?.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([answered(endpoint, path, body, abort.signal), cut]);
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal?.removeEventListener('abort', onAbort);
    abort.abort();
  }
}

async function answered(
  { url, key, fetch }: Endpoint,
  path: string,
  body: string,
  signal: AbortSignal,
): Promise<Exchange> {
  try {
    const response = await fetch(url.replace(/\/+$/, '') + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${key}`,
      },
      body,
      signal,
      redirect: 'manual', // a key is not carried to another address
    });
    const text = await read(response);
    if (text === null) return failed('unreadable_answer', 'the answer is larger than any of Reeve’s');
    return understood(response, text);
  } catch (error) {
    return failed('unreachable', why(error));
  }
}

/** null: too much. */
async function read({ body }: Response): Promise<string | null> {
  if (body === null) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > ANSWER_CHARS) {
      await reader.cancel();
      return null;
    }
  }
}

const STATUSES: { readonly [status: number]: Failure['reason'] } = {
  400: 'invalid_question',
  413: 'invalid_question',
  422: 'invalid_question',
  401: 'unauthenticated',
  403: 'forbidden',
  409: 'conflict',
  429: 'rate_limited',
  503: 'unavailable',
};

function understood(response: Response, text: string): Exchange {
  const { status, headers } = response;
  const body = parse(text);
  if (status === 200 || status === 201)
    return body === undefined
      ? failed('unreadable_answer', `answered ${status} with something that is not JSON`, { status })
      : { ok: true, body };
  const { detail, errors } = isRecord(body) ? body : {};
  const said = typeof detail === 'string' ? `: ${detail.slice(0, QUOTE_CHARS)}` : '';
  const problems = problemsOf(errors);
  const retryAfterSeconds = secondsOf(headers.get('retry-after'));
  return failed(STATUSES[status] ?? 'unreadable_answer', `answered ${status}${said}`, {
    status,
    ...(problems.length > 0 ? { problems } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

function problemsOf(errors: unknown): Problem[] {
  if (!Array.isArray(errors)) return [];
  return errors
    .slice(0, 100)
    .flatMap((one: unknown) =>
      isRecord(one) && typeof one['path'] === 'string' && typeof one['message'] === 'string'
        ? [{ path: one['path'].slice(0, QUOTE_CHARS), message: one['message'].slice(0, QUOTE_CHARS) }]
        : [],
    );
}

/** Seconds only: a date would need both clocks to agree. */
function secondsOf(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
}

/** Checked before anything is sent: `fetch` puts a header or an address it refuses into its error's words. */
function misconfigured({ url, key, fetch }: Endpoint): string | null {
  if (typeof fetch !== 'function') return 'this runtime has no fetch';
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key)) return 'there is no usable API key';
  if (typeof url !== 'string' || !URL.canParse(url)) return 'the address of Reeve is not a URL';
  const { protocol, username, password, search, hash } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return 'the address of Reeve is not http or https';
  if (username + password + search + hash !== '')
    return 'the address of Reeve has more than a host and a path';
  return null;
}

/** Node puts the reason below "fetch failed". */
function why(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = isRecord(cause) && typeof cause['code'] === 'string' ? cause['code'] : '';
  return [messageOf(error), code].filter(Boolean).join(': ').slice(0, QUOTE_CHARS);
}
