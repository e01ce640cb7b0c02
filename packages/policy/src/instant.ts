/** An instant of the facts as RFC 3339 text. Formatting a given time reads no clock. */
export function isoInstant(epochMs: number): string {
  // oxlint-disable-next-line no-restricted-globals -- a pure conversion: the time is an argument
  return new Date(epochMs).toISOString();
}
