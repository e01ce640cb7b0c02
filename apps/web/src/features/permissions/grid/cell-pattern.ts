/**
 * Cells on the clipboard: lines of tab-separated words, so that a spreadsheet understands them and a person can type
 * them. A condition follows its effect: `allow when args.amount < 100`.
 */
import type { CellValue } from '@reeve/policy';

export type Pattern = readonly (readonly CellValue[])[];

const WORDS = { allow: 'allow', approve: 'ask', deny: 'deny' } as const;
const EFFECTS = { allow: 'allow', ask: 'approve', approve: 'approve', deny: 'deny' } as const;
const LINES_MAX = 5_000;

export const patternText = (pattern: Pattern): string =>
  pattern.map((line) => line.map(word).join('\t')).join('\n');

function word(value: CellValue): string {
  if (value === null) return 'no';
  // A line break in a condition is white space; a tab would be a column.
  return value.when === undefined
    ? WORDS[value.effect]
    : `${WORDS[value.effect]} when ${value.when.replaceAll(/\s+/g, ' ')}`;
}

/** null: this is not a pattern. */
export function parsePattern(text: string): Pattern | null {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (lines.length > LINES_MAX) return null;
  const pattern = lines.map((line) => line.split('\t').map(parseWord));
  const width = pattern[0]?.length ?? 0;
  if (!pattern.every((line) => line.length === width && !line.includes(undefined))) return null;
  return pattern as CellValue[][];
}

function parseWord(text: string): CellValue | undefined {
  const [, effect = '', when] = /^\s*(\w+|-|–)\s*(?:when\s+(.+?)\s*)?$/i.exec(text) ?? [];
  const known = effect.toLowerCase();
  if ((known === 'no' || known === '-' || known === '–') && when === undefined) return null;
  if (!Object.hasOwn(EFFECTS, known)) return undefined;
  const value = EFFECTS[known as keyof typeof EFFECTS];
  return when === undefined ? { effect: value } : { effect: value, when };
}

/** The pattern over an area: repeated where the area is larger, whole from the corner where it is smaller. */
export function tiled(pattern: Pattern, height: number, width: number): Pattern {
  const lines = pattern.length;
  const columns = pattern[0]?.length ?? 0;
  if (lines === 0 || columns === 0) return [];
  return Array.from({ length: Math.max(height, lines) }, (_, row) =>
    Array.from(
      { length: Math.max(width, columns) },
      (__, column) => pattern[row % lines]![column % columns]!,
    ),
  );
}
