/** Records as RFC 4180, for spreadsheets. A cell that a spreadsheet would run is quoted with an apostrophe (OWASP). */
import type { AuditRow } from './audit.read-model.js';

const COLUMNS = [
  'seq',
  'at',
  'kind',
  'actorId',
  'action',
  'target',
  'effect',
  'reason',
  'assistant',
  'runId',
  'id',
  'hash',
  'hmac',
  'keyId',
] as const;

/** `bom`: a byte order mark first, by which Excel knows UTF-8. */
export async function* csvLines(
  rows: AsyncIterable<AuditRow>,
  { bom = false }: { bom?: boolean } = {},
): AsyncGenerator<string> {
  yield `${bom ? '\uFEFF' : ''}${COLUMNS.join(',')}\r\n`;
  for await (const row of rows) yield `${COLUMNS.map((column) => csvCell(row[column])).join(',')}\r\n`;
}

export function csvCell(value: string | Date | null): string {
  const text = value === null ? '' : value instanceof Date ? value.toISOString() : value;
  const inert = isFormula(text) ? `'${text}` : text;
  return /["',;\t\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** White space and what nobody sees before it does not keep a sign from being run, nor does another width of it. */
const isFormula = (text: string): boolean =>
  /^[\t\r\n]/.test(text) ||
  /^[=+\-@]/.test(
    text
      .replace(/^[\p{White_Space}\p{C}]+/u, '')
      .slice(0, 2)
      .normalize('NFKC'),
  );
