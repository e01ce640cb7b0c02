/** One request to a Langfuse server: bounded in time and size, never redirected, and silent about its key. */
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { isPublic, publicLookup, type LangfuseAddress } from './langfuse-address.js';
import { LangfuseError } from './langfuse-error.js';

export interface LangfuseKeys {
  readonly publicKey: string;
  readonly secretKey: string;
}

export interface Answer {
  readonly status: number;
  readonly retryAfterSeconds: number | null;
  /** undefined: no JSON. */
  readonly json: unknown;
}

export interface Bounds {
  readonly deadlineMs: number;
  readonly bytesMax: number;
}
export const BOUNDS: Bounds = { deadlineMs: 30_000, bytesMax: 32 * 1_048_576 };
/** Waits longer than this are not believed. */
const RETRY_AFTER_SECONDS_MAX = 3_600;

/** Throws LangfuseError; every answer of the server is none. */
export function getJson(
  { baseUrl, trusted }: LangfuseAddress,
  { publicKey, secretKey }: LangfuseKeys,
  path: string,
  query: Readonly<Record<string, string | number>> = {},
  { deadlineMs, bytesMax }: Bounds = BOUNDS,
): Promise<Answer> {
  const url = new URL(baseUrl + path);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  const deadline = AbortSignal.timeout(deadlineMs);
  return new Promise<Answer>((answer, fail) => {
    const request = (url.protocol === 'https:' ? secure : plain)(url, {
      agent: false,
      auth: `${publicKey}:${secretKey}`,
      headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'reeve' },
      signal: deadline,
      ...(trusted ? {} : { lookup: publicLookup }),
    });
    request.on('socket', (socket) =>
      socket.on('connect', () => {
        if (!trusted && !isPublic(socket.remoteAddress ?? ''))
          request.destroy(new LangfuseError('address_refused', 'a private address is not called'));
      }),
    );
    request.on('error', (error) => fail(troubleOf(error, deadline)));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('error', (error) => fail(troubleOf(error, deadline)));
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if ((bytes += chunk.length) > bytesMax)
          response.destroy(new LangfuseError('too_large', `an answer of more than ${bytesMax} bytes`));
      });
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response;
        const json = parsed(Buffer.concat(chunks).toString());
        answer({ status, retryAfterSeconds: secondsOf(headers['retry-after']), json });
      });
    });
    request.end();
  });
}

function troubleOf(error: Error, deadline: AbortSignal): LangfuseError {
  if (error instanceof LangfuseError) return error;
  if (deadline.aborted)
    return new LangfuseError('too_slow', 'no whole answer in time', null, { cause: error });
  const { code } = error as { code?: unknown };
  const why = typeof code === 'string' ? ` (${code})` : '';
  return new LangfuseError('unreachable', `the server cannot be reached${why}`, null, { cause: error });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** RFC 9110: whole seconds or a date. */
function secondsOf(header: string | undefined): number | null {
  if (header === undefined) return null;
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : Math.ceil((Date.parse(header) - Date.now()) / 1_000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), RETRY_AFTER_SECONDS_MAX) : null;
}
