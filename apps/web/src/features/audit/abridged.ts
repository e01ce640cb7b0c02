/** A value that was too long for its record: what stands there in its place, told in words. */
import { bytesOf, count } from '../../shared/format.js';

export interface Abridged {
  readonly abridged: true;
  readonly digest: string;
  readonly bytes: number;
  readonly count: number;
  readonly names: readonly string[];
}

/** Names that are told; the record holds more, the whole holds all. */
const TOLD = 5;

export const isAbridged = (value: unknown): value is Abridged => {
  if (typeof value !== 'object' || value === null) return false;
  const { abridged, digest, bytes: size, count: entries, names } = value as Partial<Abridged>;
  return (
    abridged === true &&
    typeof digest === 'string' &&
    typeof size === 'number' &&
    typeof entries === 'number' &&
    Array.isArray(names) &&
    names.every((name) => typeof name === 'string')
  );
};

export function abridgedWords({ bytes: size, count: entries, names }: Abridged): string {
  if (entries === 0) return bytesOf(size);
  const told = names.slice(0, TOLD).join(', ');
  const among = entries > TOLD ? `, among them: ${told}` : `: ${told}`;
  return `${count(entries)} ${entries === 1 ? 'entry' : 'entries'}, ${bytesOf(size)}${among}`;
}
