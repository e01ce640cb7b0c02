/** What an agent sent, read so that it can mean one thing only (RFC 8259, RFC 7493). */
import { isUtf8 } from 'node:buffer';
import { readJson } from '@reeve/policy';
import { DomainError } from '../infra/errors.js';

/** Throws `bad_request`, with the JSON Pointer of what can't be decided, committed to and compared as it was sent. */
export function bodyOf(bytes: Buffer): unknown {
  // Bytes that are no text would be replaced on the way, and something else decided than was sent.
  if (!isUtf8(bytes)) throw new DomainError('bad_request', 'the body is not UTF-8', { path: '' });
  const read = parsed(bytes.toString());
  if (read.ok) return read.value;
  const { problem } = read;
  throw new DomainError('bad_request', `${problem.path || 'the body'} ${problem.message}`, {
    problems: [problem],
  });
}

function parsed(text: string) {
  try {
    return readJson(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch (cause) {
    throw new DomainError('bad_request', 'the body is not JSON', { cause, path: '' });
  }
}

/** RFC 8259, 8.1: it may be ignored. */
const BYTE_ORDER_MARK = '\ufeff';
