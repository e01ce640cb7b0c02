/** JSON in, read so that it can mean one thing only (RFC 8259, RFC 7493), and JSON out. */
import { isUtf8 } from 'node:buffer';
import { readJson } from '@reeve/policy';
import { DomainError, type ErrorCode } from '../infra/errors.js';
import { BODY_BYTES_MAX } from '../infra/bodies.js';
import type { RouteAnswer, RouteBody } from './agent-route.js';

/** The codes for what is no JSON by its text, and by its content type. */
export interface NoJson {
  readonly text: ErrorCode;
  readonly contentType: ErrorCode;
}

/** `application/json`, whatever parameters it has: RFC 8259 knows none, and the bytes have to be UTF-8. */
export const jsonBody = (schema: () => unknown, { text, contentType }: NoJson): RouteBody => ({
  contentTypes: ['application/json'],
  bytesMax: BODY_BYTES_MAX,
  otherType: { code: contentType, message: 'Send application/json.' },
  schema,
  read: (bytes) => readBody(bytes, text),
});

export const jsonAnswer = (status: RouteAnswer['status']): RouteAnswer => ({
  status,
  contentType: 'application/json; charset=utf-8',
  write: (answer) => JSON.stringify(answer),
});

/** Throws `bad_request`, with the JSON Pointer of what can't be decided, committed to and compared as it was sent. */
function readBody(bytes: Buffer, noJson: ErrorCode): unknown {
  // Bytes that are no text would be replaced on the way, and something else decided than was sent.
  if (!isUtf8(bytes)) throw new DomainError('bad_request', 'the body is not UTF-8', { path: '' });
  const read = parsed(bytes.toString(), noJson);
  if (read.ok) return read.value;
  const { problem } = read;
  throw new DomainError('bad_request', `${problem.path || 'the body'} ${problem.message}`, {
    problems: [problem],
  });
}

function parsed(text: string, noJson: ErrorCode) {
  try {
    return readJson(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch (cause) {
    throw new DomainError(noJson, 'The body is not JSON.', { cause, path: '' });
  }
}

/** RFC 8259, 8.1: it may be ignored. */
const BYTE_ORDER_MARK = '\ufeff';
