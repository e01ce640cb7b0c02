/**
 * Promises: an observation of Langfuse's API as a span, v1 and v2 alike. What its exporter sent stands in the metadata
 * under the sender's names, so most of it goes through the same table as OTLP; the row's own columns go under the names
 * of Langfuse's SDK. Times have milliseconds: the same span by OTLP wins over it (`merge`).
 */
import { isObject } from '../decode/attributes.js';
import { LIMITS, type Limits } from '../decode/limits.js';
import type { RawSpan } from '../decode/raw-span.js';
import { RefusedError } from '../decode/refusals.js';
import { storable } from '../decode/storable.js';
import { normalise } from '../normalise/normalise.js';
import type { Span } from '../span.js';
import { timesOf } from '../times.js';
import { ForeignAttributes, foreignId, nanosecondsOf } from './foreign-values.js';

/** What only the trace of an observation says in v1; in v2 it stands on the rows. */
export interface LangfuseTrace {
  readonly userId?: string | null;
  readonly sessionId?: string | null;
  readonly release?: string | null;
  readonly version?: string | null;
  readonly environment?: string | null;
  readonly metadata?: unknown;
}

/** Throws RefusedError where the row is no observation. */
export function spanOfLangfuse(row: unknown, trace: LangfuseTrace = {}, limits: Limits = LIMITS): Span {
  return normalise(rawOf(row, trace, limits), 'langfuse');
}

function rawOf(row: unknown, trace: LangfuseTrace, limits: Limits): RawSpan {
  if (!isObject(row)) throw new RefusedError('malformed');
  const name = typeof row['name'] === 'string' ? storable(row['name'].slice(0, 1_024)) : '';
  const traceId = foreignId(row['traceId']);
  const spanId = foreignId(row['id']);
  if (traceId === null) throw new RefusedError('trace_id', name);
  if (spanId === null) throw new RefusedError('span_id', name);
  const times = timesOf(nanosecondsOf(row['startTime']), nanosecondsOf(row['endTime']), limits);
  if (times === null) throw new RefusedError('no_time_that_can_be', name);
  const metadata = metadataOf(row['metadata'], limits);
  const { attributes } = metadata.span;
  for (const [field, said] of Object.entries(COLUMNS)) {
    metadata.span.set(said, traceSays(trace, field));
    metadata.span.set(said, row[field]); // over the trace's, where it says something
  }
  metadata.span.set('langfuse.observation.type', lower(row['type']));
  for (const [field, said] of Object.entries(OBJECTS)) {
    const object = row[field];
    if (isObject(object) && Object.keys(object).length > 0) metadata.span.set(said, object);
  }
  metadata.span.setAll('langfuse.trace.metadata.', trace.metadata);
  return {
    traceId,
    spanId,
    parentSpanId: foreignId(row['parentObservationId']),
    name,
    times,
    attributes,
    events: [],
    failed: row['level'] === 'ERROR',
    statusMessage:
      typeof row['statusMessage'] === 'string' ? storable(row['statusMessage'].slice(0, 1_024)) : '',
    scope: { name: metadata.scope('name'), version: metadata.scope('version') },
    resource: metadata.resource.attributes,
    cut: metadata.span.cut || metadata.resource.cut,
  };
}

/** Columns by the names that Langfuse's SDK has for them. */
const COLUMNS = {
  model: 'langfuse.observation.model.name',
  providedModelName: 'langfuse.observation.model.name',
  release: 'langfuse.release',
  version: 'langfuse.version',
  level: 'langfuse.observation.level',
  userId: 'langfuse.user.id',
  sessionId: 'langfuse.session.id',
  environment: 'langfuse.environment',
  input: 'langfuse.observation.input',
  output: 'langfuse.observation.output',
} as const;

const OBJECTS = {
  usageDetails: 'langfuse.observation.usage_details',
  costDetails: 'langfuse.observation.cost_details',
} as const;

const traceSays = (trace: LangfuseTrace, field: string): unknown =>
  Object.hasOwn(trace, field) ? trace[field as keyof LangfuseTrace] : undefined;

const lower = (json: unknown) => (typeof json === 'string' ? json.toLowerCase() : undefined);

/** v1 nests what OTLP sent (`attributes`, `resourceAttributes`, `scope`), v2 joins the keys with points. */
function metadataOf(json: unknown, limits: Limits) {
  const span = new ForeignAttributes(limits);
  const resource = new ForeignAttributes(limits);
  const scope = new Map<string, string>();
  const object = isObject(json) ? json : {};
  for (const [key, value] of Object.entries(object)) {
    const [group, ...rest] = key.split('.');
    const into = group === 'attributes' ? span : group === 'resourceAttributes' ? resource : undefined;
    if (into !== undefined && rest.length > 0) into.set(rest.join('.'), value);
    else if (into !== undefined) into.setAll('', value);
    else if (group === 'scope' && rest.length > 0) scope.set(rest.join('.'), String(value));
    else if (group === 'scope' && isObject(value))
      for (const [name, one] of Object.entries(value)) scope.set(name, String(one));
    else span.set(`langfuse.observation.metadata.${key}`, value);
  }
  return { span, resource, scope: (name: string) => storable((scope.get(name) ?? '').slice(0, 1_024)) };
}
