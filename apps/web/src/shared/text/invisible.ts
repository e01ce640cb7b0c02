/**
 * Text from outside, as what it is. Characters that a reader cannot see, or that change the direction of what they do
 * see, are named instead of drawn: an approver is a target of the injection too (Unicode UTS #39, "Trojan Source").
 */
export interface Part {
  readonly text: string;
  /** Named, not drawn. */
  readonly hidden: boolean;
}

const NAMES: Readonly<Record<number, string>> = {
  0x00ad: 'soft hyphen',
  0x200b: 'zero width space',
  0x200c: 'zero width non-joiner',
  0x200d: 'zero width joiner',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'pop direction',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x2060: 'word joiner',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first strong isolate',
  0x2069: 'pop isolate',
  0xfeff: 'byte order mark',
};

/** Format characters, controls but for line ends and tabs, private use, lone surrogates, odd spaces. */
const HIDDEN = /[\p{Cf}\p{Co}\p{Cs}\u2028\u2029\u115f\u1160\u3164\uffa0]|(?![\n\t])\p{Cc}/u;

export function visibleParts(text: string): Part[] {
  const parts: Part[] = [];
  let plain = '';
  for (const character of text) {
    if (!HIDDEN.test(character)) {
      plain += character;
      continue;
    }
    if (plain !== '') parts.push({ text: plain, hidden: false });
    plain = '';
    parts.push({ text: nameOf(character.codePointAt(0)!), hidden: true });
  }
  if (plain !== '') parts.push({ text: plain, hidden: false });
  return parts;
}

export const hiddenCount = (text: string): number => visibleParts(text).filter(({ hidden }) => hidden).length;

function nameOf(code: number): string {
  // Tag characters spell ASCII that nobody sees.
  if (code >= 0xe0020 && code <= 0xe007e) return `tag ${String.fromCharCode(code - 0xe0000)}`;
  return NAMES[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
