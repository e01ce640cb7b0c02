/**
 * Users stand here under pseudonyms and nowhere else. PostgreSQL makes the same of a subject that is erased
 * (`telemetry_user` in the migration), so that nobody has to keep who is who.
 */
import { createHash } from 'node:crypto';
import type { Json, Span } from '@reeve/telemetry';

export function pseudonymOf(salt: Uint8Array, user: string): string {
  const hex = createHash('sha256').update(salt).update(user).digest('hex').slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The span with a pseudonym for its user, and without whatever else of it names them. */
export function pseudonymised(span: Span, salt: Uint8Array): Span {
  const { user } = span;
  if (user === null) return span;
  const names = (text: string) => (user.length < TELLING ? text === user : text.includes(user));
  const texts = WORDS.flatMap((word) => (span[word] !== null && names(span[word]) ? [[word, null]] : []));
  const attributes = Object.entries(span.attributes).filter(
    ([name, value]) => !names(name) && !textsIn(value).some(names),
  );
  return {
    ...span,
    ...Object.fromEntries(texts),
    user: pseudonymOf(salt, user),
    name: names(span.name) ? span.operation : span.name,
    attributes: Object.fromEntries(attributes),
  };
}

/** A shorter id is in many words by chance. */
const TELLING = 4;

/** What a sender may have put an id into. */
const WORDS = [
  'thread',
  'run',
  'route',
  'segment',
  'channel',
  'environment',
  'assistant',
  'version',
  'agent',
  'node',
  'tool',
  'errorType',
] as const satisfies readonly (keyof Span)[];

function textsIn(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
}
