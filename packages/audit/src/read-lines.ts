import { LINE_CHARACTERS_MAX } from './wire.js';

const NEWLINE = 0x0a;
const REPLACEMENT = '\ufffd';

/**
 * Cuts a stream of bytes into lines, each with its newline, so that a tail that was cut off shows.
 *
 * A line that is not UTF-8 is handed on with a leading U+FFFD, which no line of an export has. Stops after a
 * line beyond the length that a verifier reads. Memory: one chunk and one line.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
  let held: Uint8Array[] = [];
  let heldBytes = 0;

  function decode(bytes: Uint8Array): string {
    try {
      return strict.decode(bytes);
    } catch {
      return REPLACEMENT + lenient.decode(bytes);
    }
  }

  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const rest = chunk.subarray(from, end + 1);
      yield decode(held.length === 0 ? rest : joined([...held, rest]));
      held = [];
      heldBytes = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    // A copy, which a Buffer's own slice would not be: the source may fill its buffer anew.
    held.push(Uint8Array.from(chunk.subarray(from)));
    heldBytes += chunk.length - from;
    if (heldBytes > 4 * LINE_CHARACTERS_MAX) break;
  }
  if (held.length > 0) yield decode(joined(held));
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
