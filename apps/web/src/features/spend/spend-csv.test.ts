import { expect, it } from 'vitest';
import type { SpendRow } from './spend.queries.js';
import { spendCsv } from './spend-csv.js';

const row = (name: string | null): SpendRow => ({
  tenant: 'alpha',
  keys: [name],
  calls: 2,
  costUsd: 0.55,
  unpricedCalls: 0,
  unpricedTokens: 0,
  inputUncached: 12,
  inputCacheRead: 0,
  inputCacheWrite: 0,
  inputAudio: 0,
  outputText: 3,
  outputReasoning: 0,
  outputAudio: 0,
});
const names = (csv: string) =>
  csv
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.slice('alpha,'.length, line.indexOf(',2,')));

it('has a line a row, with numbers as they are', () => {
  const [head, first] = spendCsv('route', [row('checkout')]).split('\r\n');
  expect(head).toBe(
    'tenant,route,calls,costUsd,unpricedCalls,unpricedTokens,inputUncached,inputCacheRead,inputCacheWrite,inputAudio,outputText,outputReasoning,outputAudio',
  );
  expect(first).toBe('alpha,checkout,2,0.55,0,0,12,0,0,0,3,0,0');
});

it('no name that an agent chose is run by a spreadsheet, or ends its cell', () => {
  const chosen = ['=1+1', ' @cmd', '＝x', '\t+x', 'a,b', 'say "hi"', null];
  expect(names(spendCsv('route', chosen.map(row)))).toEqual([
    "'=1+1",
    "' @cmd",
    "'＝x",
    "'\t+x",
    '"a,b"',
    '"say ""hi"""',
    '',
  ]);
});
