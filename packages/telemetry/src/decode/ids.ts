/** Promises: one id is one text, however it was written: lower-case hex of the right length, never all zero. */
import { base64Decode } from '@bufbuild/protobuf/wire';

export const TRACE_ID_BYTES = 16;
export const SPAN_ID_BYTES = 8;

/**
 * OTLP's JSON has ids in hex; some senders follow protobuf's JSON instead and send base64. The two differ in length, so
 * that none is taken for the other. Null: no id.
 */
export function idOfText(text: unknown, bytes: number): string | null {
  if (typeof text !== 'string') return null;
  if (text.length === bytes * 2) return /^[\da-f]+$/i.test(text) ? notZero(text.toLowerCase()) : null;
  const bare = text.replace(/={1,2}$/, '');
  if (bare.length !== Math.ceil((bytes * 4) / 3) || !/^[\w+/-]+$/.test(bare)) return null;
  try {
    return idOfBytes(base64Decode(bare), bytes);
  } catch {
    return null;
  }
}

export function idOfBytes(id: Uint8Array, bytes: number): string | null {
  if (id.length !== bytes) return null;
  let hex = '';
  for (const byte of id) hex += HEX[byte];
  return notZero(hex);
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const notZero = (hex: string) => (/^0+$/.test(hex) ? null : hex);
