/** One id per request: the caller's X-Request-ID, else ours. Comes back in the answer and in every error. */
import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Any string (AuthZEN 1.0, Request Identification) that a line of a log can hold. */
export const REQUEST_ID_MAX = 1024;
/** C0, DEL and C1: what a terminal that shows a log may obey. */
const CONTROL = /\p{Cc}/u;

export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = givenId(request);
  return given !== undefined && isRequestId(given) ? given : randomUUID();
}

/** The caller's name for the request, fit for one or not. */
export function givenId({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const given = headers['x-request-id'];
  return typeof given === 'string' && given !== '' ? given : undefined;
}

/** Node gives a header's bytes as Latin-1 and sends them so; most who send more than ASCII mean UTF-8. */
export function isRequestId(header: string): boolean {
  const bytes = Buffer.from(header, 'latin1');
  const text = isUtf8(bytes) ? bytes.toString() : header;
  return header.length <= REQUEST_ID_MAX && !CONTROL.test(text);
}
