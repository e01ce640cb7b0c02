/**
 * The size the program of an RE2 pattern can get, without parsing it: a parser given a hundred thousand parentheses,
 * or `(?:(?:x?y?z?){10}){100}`, is what an attack needs. Reads once from left to right and keeps a sum per parenthesis.
 */
import { ExpressionError } from './expression-error.js';
import { propertiesIn } from './properties.js';

export const PATTERN = { lengthMax: 2_000, depthMax: 50, instructionsMax: 5_000 } as const;

/** Of general categories and scripts, which hold hundreds of ranges. */
const PROPERTY = 40;
/** What takes longer to read than a step does: the ranges of a property, and these many folded characters. */
const PROPERTY_READ = 300;
const FOLDED = 20;
const REPEATS_MAX = 1_000;

/** Throws an ExpressionError when the pattern is too long, too deep, or its program could pass `instructionsMax`. */
export function programSizeMax(source: string): number {
  if (source.length > PATTERN.lengthMax * 12) throw tooLarge();
  const folds = /\(\?[A-Za-z-]*i/.test(source);
  /** Steps beside those of the program. */
  let read = 0;
  for (const { name } of propertiesIn(source)) {
    if (folds) throw new ExpressionError(`the pattern folds the letters of a property: ${name}`);
    read += PROPERTY_READ;
  }
  // The size of each open group so far, the pattern itself first, and of the last thing in it.
  const open = [{ size: 4, last: 0 }];
  const atom = (size: number) => {
    const group = open.at(-1)!;
    group.size += size;
    group.last = size;
  };
  for (let at = 0; at < source.length; at++) {
    const group = open.at(-1)!;
    switch (source[at]) {
      case '\\': {
        const kind = source[++at];
        if (kind === 'Q') throw new ExpressionError(String.raw`the pattern has \Q, which is not supported`);
        if (source[at + 1] === '{') at = endOf('}', source, at);
        else if (kind === 'p' || kind === 'P') at++;
        atom(kind === 'p' || kind === 'P' ? PROPERTY : 1);
        break;
      }
      case '[': {
        const { end, size } = classAt(source, at);
        if (folds) read += Math.ceil(spanOf(source.slice(at + 1, end)) / FOLDED);
        atom(size);
        at = end;
        break;
      }
      case '(':
        if (open.length > PATTERN.depthMax)
          throw new ExpressionError(`the pattern nests more than ${PATTERN.depthMax} parentheses`);
        open.push({ size: 4, last: 0 });
        if (source[at + 1] === '?') at++;
        break;
      case ')': {
        if (open.length > 1) atom(open.pop()!.size);
        break;
      }
      case '|':
        group.size += 2;
        group.last = 0;
        break;
      case '*':
      case '+':
      case '?':
        group.size += 2;
        group.last += 2;
        break;
      case '{': {
        const repeat = repeatAt(source, at);
        if (repeat === null) {
          atom(1);
          break;
        }
        at = repeat.end;
        const repeated = (group.last + 2) * Math.max(repeat.times, 1);
        group.size += repeated - group.last;
        group.last = repeated;
        break;
      }
      default:
        atom(1);
    }
    if (open.at(-1)!.size > PATTERN.instructionsMax) throw tooLarge();
  }
  const size = open.reduce((sum, group) => sum + group.size, 0);
  if (size + read > PATTERN.instructionsMax) throw tooLarge();
  return size + read;
}

const MEMBER = String.raw`\\x\{([0-9A-Fa-f]{1,8})\}|\\x([0-9A-Fa-f]{2})|\\?(.)`;
const RANGE = new RegExp(`(?:${MEMBER})-(?:${MEMBER})`, 'gsu');

/** Of a class: how many characters its ranges hold. */
function spanOf(members: string): number {
  const code = (...[long, short, literal]: (string | undefined)[]) =>
    literal?.codePointAt(0) ?? Number.parseInt(long ?? short ?? '0', 16);
  let span = 0;
  for (const [, a, b, c, d, e, f] of members.matchAll(RANGE))
    span += Math.max(0, Math.min(code(d, e, f), 0x10ffff) - code(a, b, c));
  return span;
}

const tooLarge = () =>
  new ExpressionError(
    `the pattern is too large: ${PATTERN.lengthMax} characters and, repeats written out, ${PATTERN.instructionsMax} steps at most`,
  );

function endOf(character: string, source: string, from: number): number {
  const end = source.indexOf(character, from);
  return end < 0 ? source.length : end;
}

/** A class is one instruction, and pays for the properties in it. */
function classAt(source: string, from: number): { end: number; size: number } {
  let size = 1;
  let at = from + 1;
  if (source[at] === '^') at++;
  if (source[at] === ']') at++;
  for (; at < source.length && source[at] !== ']'; at++) {
    if (source[at] === '\\') {
      at++;
      if (source[at] === 'p' || source[at] === 'P') size += PROPERTY;
      if (source[at + 1] === '{') at = endOf('}', source, at);
    } else if (source.startsWith('[:', at)) {
      const end = source.indexOf(':]', at + 2);
      if (end > 0) at = end + 1;
    }
  }
  return { end: at, size };
}

/** `{n}`, `{n,}`, `{n,m}`; null when it is a brace and nothing else. */
export function repeatAt(source: string, from: number): { end: number; times: number } | null {
  let at = from + 1;
  const number = () => {
    const begin = at;
    while (at < source.length && source[at]! >= '0' && source[at]! <= '9') at++;
    return begin === at ? null : Number(source.slice(begin, at));
  };
  const least = number();
  if (least === null) return null;
  let most: number | null = least;
  if (source[at] === ',') {
    at++;
    most = number();
  }
  if (source[at] !== '}') return null;
  const times = most ?? least + 1;
  if (times > REPEATS_MAX) throw new ExpressionError(`the pattern repeats more than ${REPEATS_MAX} times`);
  if (times < least) throw new ExpressionError('the pattern repeats at least more often than at most');
  return { end: at, times };
}
