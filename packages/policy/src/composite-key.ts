/**
 * One name made of several, each of which may hold anything: no two lists of parts give the same one. The parts stand as
 * they are, except that a `~` in one becomes `~0` and a `/` becomes `~1` (RFC 6901).
 */
export const compositeKey = (...parts: readonly string[]): string => parts.map(escaped).join('/');

const escaped = (part: string): string =>
  part.includes('/') || part.includes('~') ? part.replaceAll('~', '~0').replaceAll('/', '~1') : part;
