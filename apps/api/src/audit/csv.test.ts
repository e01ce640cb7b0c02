import { describe, expect, it } from 'vitest';
import { csvCell } from './csv.js';

describe('csvCell', () => {
  it.each([
    '=HYPERLINK("http://x","y")',
    '+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u00A0=1',
    '\u2003@x',
    '\uFEFF=1',
    '\u200B+1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    ' ＝1',
    '﹦1',
  ])('keeps %j from being run', (text) => {
    expect(csvCell(text)).toMatch(/^"'/);
  });

  it('doubles quotes and keeps plain text plain', () => {
    expect(csvCell('he said "no", then left')).toBe('"he said ""no"", then left"');
    expect(csvCell('tools/call')).toBe('tools/call');
    expect(csvCell(null)).toBe('');
  });
});
