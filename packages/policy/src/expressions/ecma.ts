/**
 * The patterns of JSON Schema are ECMA-262's (with the flag u), the engine's are RE2's. A pattern is translated token
 * by token, so that it means what its author's own validator took it to mean, or it is refused: look-around and
 * back-references have no translation.
 *
 * As everywhere, a brace that is no repeat, a lone `]`, `\-` and `[\w-.]` are taken, which the flag u would refuse.
 */
import { ExpressionError } from './expression-error.js';
import { PATTERN, repeatAt } from './program-size.js';

const LAST = 0x10ffff;
type Range = readonly [from: number, to: number];

const DIGIT: readonly Range[] = [[0x30, 0x39]];
// prettier-ignore
const WORD: readonly Range[] = [[0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
/** WhiteSpace and LineTerminator. */
// prettier-ignore
const SPACE: readonly Range[] = [
  [0x09, 0x0d], [0x20, 0x20], [0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029],
  [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000], [0xfeff, 0xfeff],
];
// prettier-ignore
const LINE_END: readonly Range[] = [[0x0a, 0x0a], [0x0d, 0x0d], [0x2028, 0x2029]];
const CONTROL: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };
const PUNCTUATION = /^[!-/:-@[-`{-~ ]$/;

/** ECMA-262's names of general categories, as RE2 calls them. */
// prettier-ignore
const CATEGORIES: Readonly<Record<string, string>> = {
  Letter: 'L', Uppercase_Letter: 'Lu', Lowercase_Letter: 'Ll', Titlecase_Letter: 'Lt', Modifier_Letter: 'Lm',
  Other_Letter: 'Lo', Mark: 'M', Nonspacing_Mark: 'Mn', Spacing_Mark: 'Mc', Enclosing_Mark: 'Me', Number: 'N',
  Decimal_Number: 'Nd', Letter_Number: 'Nl', Other_Number: 'No', Punctuation: 'P', Connector_Punctuation: 'Pc',
  Dash_Punctuation: 'Pd', Open_Punctuation: 'Ps', Close_Punctuation: 'Pe', Initial_Punctuation: 'Pi',
  Final_Punctuation: 'Pf', Other_Punctuation: 'Po', Symbol: 'S', Math_Symbol: 'Sm', Currency_Symbol: 'Sc',
  Modifier_Symbol: 'Sk', Other_Symbol: 'So', Separator: 'Z', Space_Separator: 'Zs', Line_Separator: 'Zl',
  Paragraph_Separator: 'Zp', Control: 'Cc', Format: 'Cf', Private_Use: 'Co', Surrogate: 'Cs', Unassigned: 'Cn', Other: 'C',
  Cased_Letter: 'LC',
};
const SHORT_CATEGORIES = new Set(Object.values(CATEGORIES));

/** One escape: a code point, or what stands for it in a class of RE2. */
type Escape = { readonly code: number } | { readonly members: string };

/** Throws an ExpressionError that names the place. */
export function fromEcma(pattern: string): string {
  if (pattern.length > PATTERN.lengthMax)
    throw new ExpressionError(`the pattern is longer than ${PATTERN.lengthMax} characters`);
  return new Translation(pattern).whole();
}

class Translation {
  private at = 0;

  constructor(private readonly pattern: string) {}

  whole(): string {
    let out = '';
    let depth = 0;
    /** The thing a repeat that comes next would repeat. */
    let before: 'nothing' | 'atom' | 'repeat' = 'nothing';
    while (this.at < this.pattern.length) {
      const rune = this.rune();
      switch (rune) {
        case '^':
        case '$':
          out += rune === '^' ? String.raw`\A` : String.raw`\z`;
          before = 'nothing';
          break;
        case '|':
          out += '|';
          before = 'nothing';
          break;
        case '(':
          this.group();
          if (++depth > PATTERN.depthMax) throw this.error(`nests more than ${PATTERN.depthMax} parentheses`);
          out += '(?:';
          before = 'nothing';
          break;
        case ')':
          if (--depth < 0) throw this.error('closes a parenthesis that is not open');
          out += ')';
          before = 'atom';
          break;
        case '.':
          out += `[^${members(LINE_END)}]`;
          before = 'atom';
          break;
        case '[':
          out += this.class();
          before = 'atom';
          break;
        case '\\':
          if (this.pattern[this.at] === 'b' || this.pattern[this.at] === 'B') {
            out += `\\${this.pattern[this.at++]}`;
            before = 'nothing';
          } else {
            const escape = this.escape();
            out += 'code' in escape ? hex(escape.code) : `[${escape.members}]`;
            before = 'atom';
          }
          break;
        case '*':
        case '+':
        case '?':
          // Whether a repeat is lazy says how much is matched, not whether.
          if (rune === '?' && before === 'repeat') {
            before = 'nothing';
            break;
          }
          if (before !== 'atom') throw this.error(`has nothing to repeat`);
          out += rune;
          before = 'repeat';
          break;
        case '{': {
          const repeat = repeatAt(this.pattern, this.at - 1);
          if (repeat === null) {
            out += hex(0x7b);
            before = 'atom';
            break;
          }
          if (before !== 'atom') throw this.error(`has nothing to repeat`);
          out += this.pattern.slice(this.at - 1, repeat.end + 1);
          this.at = repeat.end + 1;
          before = 'repeat';
          break;
        }
        default:
          out += hex(rune.codePointAt(0)!);
          before = 'atom';
      }
    }
    if (depth > 0) throw this.error('leaves a parenthesis open');
    return out;
  }

  /** After `(`: which kind. A name or a number of a group is of no use without references. */
  private group(): void {
    if (this.pattern[this.at] !== '?') return;
    const rest = this.pattern.slice(this.at, this.at + 3);
    if (rest.startsWith('?:')) this.at += 2;
    else if (rest.startsWith('?<') && rest !== '?<=' && rest !== '?<!') {
      const end = this.pattern.indexOf('>', this.at);
      if (end < 0) throw this.error('leaves the name of a group open');
      this.at = end + 1;
    } else if (/^\?<?[=!]/.test(rest)) throw this.error('looks around, which takes more than linear time');
    else throw this.error('has a group of an unknown kind');
  }

  /** After `[`. */
  private class(): string {
    const negated = this.pattern[this.at] === '^';
    if (negated) this.at++;
    const parts: string[] = [];
    for (;;) {
      if (this.at >= this.pattern.length) throw this.error('leaves a class open');
      if (this.pattern[this.at] === ']') break;
      const from = this.member();
      if (this.pattern[this.at] !== '-' || this.pattern[this.at + 1] === ']') {
        parts.push('code' in from ? hex(from.code) : from.members);
        continue;
      }
      this.at++;
      if (this.at >= this.pattern.length) throw this.error('leaves a class open');
      const to = this.member();
      if ('code' in from && 'code' in to) {
        if (from.code > to.code) throw this.error('has a range whose end is before its beginning');
        parts.push(`${hex(from.code)}-${hex(to.code)}`);
      } else
        for (const one of [from, { code: 0x2d }, to]) parts.push('code' in one ? hex(one.code) : one.members);
    }
    this.at++;
    if (parts.length === 0) return negated ? `[${members([[0, LAST]])}]` : `[^${members([[0, LAST]])}]`;
    return `[${negated ? '^' : ''}${parts.join('')}]`;
  }

  private member(): Escape {
    const rune = this.rune();
    if (rune !== '\\') return { code: rune.codePointAt(0)! };
    if (this.pattern[this.at] !== 'b') return this.escape();
    this.at++;
    return { code: 8 };
  }

  /** After a backslash. */
  private escape(): Escape {
    if (this.at >= this.pattern.length) throw this.error('ends with a backslash');
    const kind = this.rune();
    const control = CONTROL[kind];
    if (control !== undefined) return { code: control };
    switch (kind) {
      case 'd':
      case 'D':
        return either(DIGIT, kind === 'D');
      case 'w':
      case 'W':
        return either(WORD, kind === 'W');
      case 's':
      case 'S':
        return either(SPACE, kind === 'S');
      case 'p':
      case 'P':
        return this.property(kind === 'P');
      case 'c': {
        const letter = this.rune();
        if (!/^[A-Za-z]$/.test(letter)) throw this.error(String.raw`has \c without a letter`);
        return { code: letter.charCodeAt(0) % 32 };
      }
      case '0':
        if (/^\d/.test(this.pattern.slice(this.at, this.at + 1))) throw this.error('has an octal escape');
        return { code: 0 };
      case 'x':
        return { code: this.digits(2) };
      case 'u':
        return { code: this.unicode() };
      case 'k':
        throw this.error('refers back, which takes more than linear time');
    }
    if (kind >= '1' && kind <= '9') throw this.error('refers back, which takes more than linear time');
    if (PUNCTUATION.test(kind)) return { code: kind.charCodeAt(0) };
    throw this.error(`has an unknown escape \\${kind}`);
  }

  private digits(count: number): number {
    const text = this.pattern.slice(this.at, this.at + count);
    if (!/^[0-9A-Fa-f]+$/.test(text) || text.length < count)
      throw this.error('has an escape with too few hexadecimal digits');
    this.at += count;
    return Number.parseInt(text, 16);
  }

  /** `\u{...}`, `\uXXXX`, and a pair of these that is one character. */
  private unicode(): number {
    if (this.pattern[this.at] === '{') {
      const end = this.pattern.indexOf('}', this.at);
      const text = this.pattern.slice(this.at + 1, Math.max(end, this.at + 1));
      if (!/^[0-9A-Fa-f]{1,8}$/.test(text) || Number.parseInt(text, 16) > LAST)
        throw this.error('has an escape that is no code point');
      this.at = end + 1;
      return Number.parseInt(text, 16);
    }
    const high = this.digits(4);
    if (high < 0xd800 || high > 0xdbff || !this.pattern.startsWith(String.raw`\u`, this.at)) return high;
    const low = Number.parseInt(this.pattern.slice(this.at + 2, this.at + 6), 16);
    if (!(low >= 0xdc00 && low <= 0xdfff) || this.pattern[this.at + 2] === '{') return high;
    this.at += 2;
    return (high - 0xd800) * 0x400 + this.digits(4) - 0xdc00 + 0x10000;
  }

  private property(negated: boolean): Escape {
    const end = this.pattern.indexOf('}', this.at);
    if (this.pattern[this.at] !== '{' || end < 0) throw this.error('has a property without its braces');
    const name = this.pattern.slice(this.at + 1, end);
    this.at = end + 1;
    if (name === 'Any' || name === 'ASCII') return either([[0, name === 'Any' ? LAST : 0x7f]], negated);
    const [kind, value, ...more] = name.split('=');
    const category = value === undefined ? kind! : kind === 'gc' || kind === 'General_Category' ? value : '';
    const known = CATEGORIES[category] ?? (SHORT_CATEGORIES.has(category) ? category : undefined);
    const script = kind === 'sc' || kind === 'Script' ? value : undefined;
    const re2 = known ?? (script !== undefined && /^[A-Z][A-Za-z_]{2,40}$/.test(script) ? script : undefined);
    if (re2 === undefined || more.length > 0) throw this.error(`has a property nobody knows here: ${name}`);
    return { members: `\\${negated ? 'P' : 'p'}{${re2}}` };
  }

  private rune(): string {
    const code = this.pattern.codePointAt(this.at);
    if (code === undefined) throw this.error('ends too early');
    const rune = String.fromCodePoint(code);
    this.at += rune.length;
    return rune;
  }

  private error(what: string): ExpressionError {
    return new ExpressionError(`the pattern ${what} (at character ${this.at})`);
  }
}

const either = (ranges: readonly Range[], negated: boolean): Escape => ({
  members: members(negated ? complement(ranges) : ranges),
});

/** Of ranges in order. */
function complement(ranges: readonly Range[]): Range[] {
  const gaps: Range[] = [];
  let from = 0;
  for (const [first, last] of ranges) {
    if (first > from) gaps.push([from, first - 1]);
    from = last + 1;
  }
  if (from <= LAST) gaps.push([from, LAST]);
  return gaps;
}

const members = (ranges: readonly Range[]): string =>
  ranges.map(([from, to]) => (from === to ? hex(from) : `${hex(from)}-${hex(to)}`)).join('');

const hex = (code: number): string => String.raw`\x{${code.toString(16)}}`;
