/**
 * The lines of an export. Each line has one way to be written, and a line written otherwise is not accepted:
 * a member given twice could show one payload to this reader and another to the next.
 */
import { readObject } from './json.js';
import type { SealedRecord } from './record.js';

/** The manifest's line, its text as the exact string that was signed. */
export interface SealedManifest {
  readonly manifest: string;
  readonly hmac: string;
  readonly key: string;
}

/**
 * Longer lines are not read: memory stays bounded whatever the file is. What is sealed today makes lines of some two
 * mebibytes at most (PAYLOAD_BYTES_MAX); records from before that limit are longer.
 */
export const LINE_BYTES_MAX = 64 * 1024 * 1024;

/** What `readLines` hands on for a line beyond the limit. No export has such a line: U+FFFD stands at its head. */
export const UNREAD_LINE = '\ufffdunread\n';

/** Why a line was not read: it has no end, is too long, says something else, or says it in other words. */
export type Unreadable = 'cut' | 'unread' | 'json' | 'canonical';

export function manifestLine({ manifest, hmac, key }: SealedManifest): string {
  return `${JSON.stringify({ manifest, hmac, key })}\n`;
}

export function recordLine({ payload, hash, hmac, key }: SealedRecord): string {
  return `${JSON.stringify({ payload, hash, hmac, key })}\n`;
}

export function readManifestLine(line: string): SealedManifest | Unreadable {
  return readLine<SealedManifest>(line, ['manifest', 'hmac', 'key'], manifestLine);
}

export function readRecordLine(line: string): SealedRecord | Unreadable {
  return readLine<SealedRecord>(line, ['payload', 'hash', 'hmac', 'key'], recordLine);
}

function readLine<Line>(
  line: string,
  members: readonly (keyof Line & string)[],
  write: (line: Line) => string,
): Line | Unreadable {
  if (line === UNREAD_LINE) return 'unread';
  if (!line.endsWith('\n')) return 'cut';
  const value = readObject(line);
  if (!value || !members.every((name) => typeof value[name] === 'string')) return 'json';
  return write(value as Line) === line ? (value as Line) : 'canonical';
}
