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

export async function* csvLines(rows: AsyncIterable<AuditRow>): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for await (const row of rows) yield `${COLUMNS.map((column) => csvCell(row[column])).join(',')}\r\n`;
}

export function csvCell(value: string | Date | null): string {
  const text = value === null ? '' : value instanceof Date ? value.toISOString() : value;
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /["',\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
