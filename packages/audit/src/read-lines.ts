import { LINE_BYTES_MAX, UNREAD_LINE } from './wire.js';

const NEWLINE = 0x0a;
const REPLACEMENT = '\ufffd';

/**
 * Cuts a stream of bytes into lines, each with its newline, so that a tail that was cut off shows.
 *
 * A line that is not UTF-8 is handed on with a leading U+FFFD, which no line of an export has. In place of a line of
 * more than `maxBytes` stands UNREAD_LINE, and reading goes on behind it. Memory: one chunk and one line.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes = LINE_BYTES_MAX,
): AsyncGenerator<string, void, undefined> {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
  let held: Uint8Array[] = [];
  let heldBytes = 0;

  function lineOf(rest: Uint8Array): string {
    if (heldBytes + rest.length > maxBytes) return UNREAD_LINE;
    const bytes = held.length === 0 ? rest : joined([...held, rest]);
    try {
      return strict.decode(bytes);
    } catch {
      return REPLACEMENT + lenient.decode(bytes);
    }
  }

  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      yield lineOf(chunk.subarray(from, end + 1));
      held = [];
      heldBytes = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    heldBytes += chunk.length - from;
    // A copy, which a Buffer's own slice would not be: the source may fill its buffer anew.
    if (heldBytes <= maxBytes) held.push(Uint8Array.from(chunk.subarray(from)));
    else held = [];
  }
  if (heldBytes > 0) yield lineOf(new Uint8Array());
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
