/**
 * A score of Langfuse's API, in either of its shapes, as Reeve keeps it. A number is there where somebody gave one:
 * a category, a text and a comment are no 0.
 */
import type { NewScore } from '../scores/score.js';
import { isObject } from './json.js';
import type { Row } from './langfuse-api.js';
import { traceIdOf } from './trace-id.js';

/** null: it is no score, or of nothing that could be found again. */
export function scoreOf(row: Row, projectId: string): NewScore | null {
  const { id, name, timestamp, updatedAt, comment } = row;
  const at = dateOf(timestamp);
  if (typeof id !== 'string' || id === '' || id.length > 200 || typeof name !== 'string' || at === null)
    return null;
  return {
    source: 'langfuse',
    externalId: `${projectId}/${id}`,
    name,
    ...valueOf(row),
    ...subjectOf(row),
    comment: textOf(comment),
    at,
    updatedAt: dateOf(updatedAt) ?? at,
  };
}

/** v2 of the API says a category's number as 0 where it has none, so only numbers and yes or no have one. */
function valueOf({ dataType, value, stringValue }: Row): Pick<NewScore, 'value' | 'text'> {
  const isNumber = dataType === 'NUMERIC' || dataType === 'BOOLEAN';
  const number = typeof value === 'boolean' ? Number(value) : value;
  return {
    value: isNumber && typeof number === 'number' && Number.isFinite(number) ? number : null,
    text: isNumber ? null : textOf(stringValue ?? value),
  };
}

/** v3 has a subject, v2 a member for each of them. */
function subjectOf(row: Row): Pick<NewScore, 'traceId' | 'spanId' | 'thread'> {
  const { subject } = row;
  if (!isObject(subject))
    return {
      traceId: traceOf(row['traceId']),
      spanId: textOf(row['observationId']),
      thread: textOf(row['sessionId']),
    };
  const { kind } = subject;
  const id = textOf(subject['id']);
  return {
    traceId: traceOf(kind === 'trace' ? id : subject['traceId']),
    spanId: kind === 'observation' ? id : null,
    thread: kind === 'session' ? id : null,
  };
}

/** As the spans of it have it. */
function traceOf(json: unknown): string | null {
  const said = textOf(json);
  return said && traceIdOf(said);
}

const textOf = (json: unknown): string | null => (typeof json === 'string' && json !== '' ? json : null);

function dateOf(json: unknown): Date | null {
  const time = typeof json === 'string' ? Date.parse(json) : NaN;
  return Number.isNaN(time) ? null : new Date(time);
}
