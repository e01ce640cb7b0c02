import { describe, expect, it } from 'vitest';
import { csvCell } from './csv.js';

describe('csvCell', () => {
  it.each(['=HYPERLINK("http://x","y")', '+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1'])(
    'keeps %j from being run',
    (text) => {
      expect(csvCell(text)).toMatch(/^"'/);
    },
  );

  it('doubles quotes and keeps plain text plain', () => {
    expect(csvCell('he said "no", then left')).toBe('"he said ""no"", then left"');
    expect(csvCell('tools/call')).toBe('tools/call');
    expect(csvCell(null)).toBe('');
  });
});
