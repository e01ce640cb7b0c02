/**
 * A JSON text as the value it says, or what stands in the way: no two readers may see two questions in one text.
 *
 * JSON.parse lets three things pass that RFC 7493 (I-JSON) forbids: of a member given twice it keeps the last; a number
 * beyond a double becomes Infinity, and then no JSON at all; one with more digits than a double holds becomes another
 * number. Here the rule is that what is decided, committed to and compared is what was sent: a number is taken if the
 * double nearest to it, written as RFC 8785 writes it, is the same number. So 0.1, 1.0, 1e20 and -0 (which is 0) are
 * taken; 1e400, 1e-400, 9007199254740993 and 123456789012345678.0 are not: whoever needs them sends a string.
 */
import { pointerTo, walk, type WireProblem } from './limits.js';

export type ReadJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: WireProblem };

/** Throws SyntaxError for what is no JSON. The limits of a body (`LIMITS`) hold too. */
export function readJson(text: string): ReadJson {
  const value: unknown = JSON.parse(text);
  const { problem, members } = walk(value);
  if (problem !== null) return { ok: false, problem };
  if (isPlain(text, members)) return { ok: true, value };
  return { ok: false, problem: problemOfText(text)! };
}

const QUOTE = 0x22;
const MINUS = 0x2d;
const COLON = 0x3a;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
/** Digits and `+-.eE`: what a number is written with, after its first character. */
const isOfNumber = (code: number): boolean =>
  isDigit(code) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === MINUS;

/** True where each number is taken and no member of the parsed `members` was written over. Strings are leapt over. */
function isPlain(text: string, members: number): boolean {
  let colons = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = endOfString(text, i);
    else if (code === COLON) colons++;
    else if (code === MINUS || isDigit(code)) {
      const end = endOfNumber(text, i);
      if (!isTaken(text, i, end)) return false;
      i = end - 1;
    }
  }
  return colons === members;
}

/** The closing quote of the string that begins at `i`. */
function endOfString(text: string, i: number): number {
  for (let end = text.indexOf('"', i + 1); ; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === 0x5c) escapes++;
    if (escapes % 2 === 0) return end;
  }
}

function endOfNumber(text: string, i: number): number {
  let end = i + 1;
  while (isOfNumber(text.charCodeAt(end))) end++;
  return end;
}

/** Fifteen digits survive the way into a double and back, wherever the point is (IEEE 754, DBL_DIG). */
const SURELY_TAKEN = 15;

function isTaken(text: string, from: number, to: number): boolean {
  if (to - from <= SURELY_TAKEN && !hasExponent(text, from, to)) return true;
  const literal = text.slice(from, to);
  const double = Number(literal);
  return Number.isFinite(double) && decimal(literal) === decimal(String(double));
}

function hasExponent(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if ((text.charCodeAt(i) | 0x20) === 0x65) return true;
  return false;
}

/** One text for each number, however it is written: sign, digits without zeros around them, power of ten. */
function decimal(literal: string): string {
  const sign = literal.startsWith('-') ? '-' : '';
  const [mantissa = '', exponent = '0'] = literal.slice(sign.length).toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = whole + fraction;
  let first = 0;
  let end = digits.length;
  while (first < end && digits.charCodeAt(first) === 0x30) first++;
  while (end > first && digits.charCodeAt(end - 1) === 0x30) end--;
  if (first === end) return '0';
  return `${sign}${digits.slice(first, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}

interface Open {
  /** Names seen so far; null in a list. */
  readonly names: Set<string> | null;
  /** The member or item that is being read. */
  step: string | number;
}

/** Whether a number, as JSON or GraphQL writes it, is one that a double holds. */
export const isHeld = (literal: string): boolean => isTaken(literal, 0, literal.length);

/** The place of the first number that is not taken or member that is given twice, in a text that is JSON; else null. */
export function problemOfText(text: string): WireProblem | null {
  const open: Open[] = [];
  const here = (step?: string) =>
    pointerTo([...open.map((one) => one.step), ...(step === undefined ? [] : [step])]);
  for (let i = 0; i < text.length; i++) {
    const container = open.at(-1);
    switch (text[i]) {
      case '{':
        open.push({ names: new Set(), step: '' });
        break;
      case '[':
        open.push({ names: null, step: 0 });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (typeof container!.step === 'number') container!.step++;
        break;
      case '"': {
        const end = endOfString(text, i);
        if (container?.names && isName(text, end + 1)) {
          const name = JSON.parse(text.slice(i, end + 1)) as string;
          container.step = name;
          if (container.names.has(name)) return { path: here(), message: 'is given twice' };
          container.names.add(name);
        }
        i = end;
        break;
      }
      default:
        if (text[i] === '-' || isDigit(text.charCodeAt(i))) {
          const end = endOfNumber(text, i);
          if (!isTaken(text, i, end))
            return {
              path: here(),
              message: 'is a number that a double cannot hold: send it as a string',
            };
          i = end - 1;
        }
    }
  }
  return null;
}

/** True where a colon comes next. */
function isName(text: string, from: number): boolean {
  let i = from;
  while (text.charCodeAt(i) <= 0x20) i++;
  return text.charCodeAt(i) === COLON;
}
