/** The table as CSV (RFC 4180), numbers as they are; a name that a spreadsheet would run is a text. */
import type { SpendRow } from './spend.queries.js';
import type { SpendBy } from './spend.search.js';
import { FIGURES } from './spend-sums.js';

export function spendCsv(by: SpendBy, rows: readonly SpendRow[]): string {
  const lines = [
    ['tenant', by, ...FIGURES],
    ...rows.map((row) => [row.tenant, row.keys[0] ?? '', ...FIGURES.map((name) => String(row[name]))]),
  ];
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/** As the audit log's export does it: signs that begin a formula, in their wide forms too. */
const FORMULA = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/u;

function cell(text: string): string {
  const safe = FORMULA.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
