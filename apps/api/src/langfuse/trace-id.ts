/** A trace's id as OTLP would have it. Langfuse takes any text for one; older SDKs of it send UUIDs. */
import { createHash } from 'node:crypto';

/** 32 lower-case hex digits, always the same for a text. */
export function traceIdOf(text: string): string {
  const plain = text.toLowerCase();
  if (/^[\da-f]{32}$/.test(plain)) return plain;
  if (UUID.test(plain)) return plain.replaceAll('-', '');
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
