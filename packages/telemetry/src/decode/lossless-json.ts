/**
 * Promises: JSON read without losing a digit. OTLP's JSON says 64-bit integers as strings, but senders write them bare,
 * and `JSON.parse` would make the nearest double of them: a start 21 ns early. Bare integers that a double may not hold
 * are put in quotes first, which OTLP's readers take for the same number.
 */

/** More digits than every integer below 2^53 has. */
const LONG_INTEGER = /[[:,\s]-?\d{16}/;

export function parseJson(text: string): unknown {
  return JSON.parse(LONG_INTEGER.test(text) ? quoteLongIntegers(text) : text);
}

function quoteLongIntegers(text: string): string {
  let out = '';
  let from = 0; // what stands before it is in `out`
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === MINUS || isDigit(code)) {
      const end = endOfNumber(text, at);
      const number = text.slice(at, end);
      if (/^-?\d{16,}$/.test(number)) {
        out += `${text.slice(from, at)}"${number}"`;
        from = end;
      }
      at = end - 1;
    }
  }
  return out + text.slice(from);
}

const QUOTE = 34;
const MINUS = 45;
const isDigit = (code: number) => code >= 48 && code <= 57;

/** The place of the quote that ends the string beginning at `at`; the text's end where none does. */
function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 92) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/** Digits, point, exponent and signs: whether they are a number is for the parser. */
function endOfNumber(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && /[\d.eE+-]/.test(text.charAt(end))) end += 1;
  return end;
}
