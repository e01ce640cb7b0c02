/** Promises: the spans of an OTLP request, JSON or protobuf, and by name those that are none. */
import { fromBinary } from '@bufbuild/protobuf';
import { InstrumentationScopeSchema } from '../generated/opentelemetry/proto/common/v1/common_pb.js';
import { ResourceSchema } from '../generated/opentelemetry/proto/resource/v1/resource_pb.js';
import { SpanSchema, Status_StatusCode } from '../generated/opentelemetry/proto/trace/v1/trace_pb.js';
import { timesOf } from '../times.js';
import { AttributeReader, isObject } from './attributes.js';
import { binaryEnvelope, jsonEnvelope, TRACES, type Enveloped } from './envelope.js';
import { idOfBytes, idOfText, SPAN_ID_BYTES, TRACE_ID_BYTES } from './ids.js';
import { jsonOf } from './json-body.js';
import { LIMITS, type Limits } from './limits.js';
import type { Attributes, RawSpan } from './raw-span.js';
import { Intake, RefusedError, type Rejected } from './refusals.js';
import { storable } from './storable.js';

/** A request's body, inflated, in one of OTLP's two encodings. */
export type Body = { readonly json: string } | { readonly protobuf: Uint8Array };

export interface DecodedTraces {
  readonly spans: readonly RawSpan[];
  /** The first of those that were not taken, and how many there were. */
  readonly rejected: readonly Rejected[];
  readonly rejectedCount: number;
}

/**
 * Throws UndecodableError, and nothing else, where the body is none of OTLP at all.
 *
 * @example decodeTraces({ json: '{"resourceSpans":[]}' }) // { spans: [], rejected: [], rejectedCount: 0 }
 */
export function decodeTraces(body: Body, limits: Limits = LIMITS): DecodedTraces {
  const intake = new Intake<RawSpan>(limits);
  if ('json' in body) {
    const resources = new Remembered((json: unknown) => resourceOfJson(json, limits));
    for (const { path, item, ...around } of jsonEnvelope(jsonOf(body.json), TRACES)) {
      intake.take(path, () => spanOfJson(item, around, resources, limits));
    }
  } else {
    const resources = new Remembered((bytes: Uint8Array | undefined) => resourceOfBytes(bytes, limits));
    const scopes = new Remembered(scopeOfBytes);
    for (const { path, item, resource, scope } of binaryEnvelope(body.protobuf, TRACES)) {
      intake.take(path, () => spanOfBytes(item, resources.of(resource), scopes.of(scope), limits));
    }
  }
  return { spans: intake.items, rejected: intake.rejected, rejectedCount: intake.rejectedCount };
}

/** What the spans of one group share is read once, also when reading it fails. */
class Remembered<In, Out> {
  private last: { readonly key: In; readonly value: () => Out } | undefined;

  constructor(private readonly read: (key: In) => Out) {}

  of(key: In): Out {
    if (this.last === undefined || this.last.key !== key) this.last = { key, value: settled(this.read, key) };
    return this.last.value();
  }
}

function settled<In, Out>(read: (key: In) => Out, key: In): () => Out {
  try {
    const value = read(key);
    return () => value;
  } catch (error) {
    return () => {
      throw error instanceof Error ? error : new RefusedError('malformed');
    };
  }
}

interface Resource {
  readonly attributes: Attributes;
  readonly cut: boolean;
}

function resourceOfJson(json: unknown, limits: Limits): Resource {
  const reader = new AttributeReader(limits);
  return { attributes: reader.ofJson(isObject(json) ? json['attributes'] : undefined), cut: reader.cut };
}

function resourceOfBytes(bytes: Uint8Array | undefined, limits: Limits): Resource {
  const reader = new AttributeReader(limits);
  const { attributes } = fromBinary(ResourceSchema, bytes ?? EMPTY, WITHOUT_UNKNOWN);
  return { attributes: reader.ofMessages(attributes), cut: reader.cut };
}

const scopeOfBytes = (bytes: Uint8Array | undefined) =>
  fromBinary(InstrumentationScopeSchema, bytes ?? EMPTY, WITHOUT_UNKNOWN);

const EMPTY = new Uint8Array();
const WITHOUT_UNKNOWN = { readUnknownFields: false };

function spanOfJson(
  item: unknown,
  around: Pick<Enveloped<unknown>, 'resource' | 'scope'>,
  resources: Remembered<unknown, Resource>,
  limits: Limits,
): RawSpan {
  if (!isObject(item)) throw new RefusedError('malformed');
  const field = (camel: string, snake: string) => item[camel] ?? item[snake];
  const name = text(item['name']);
  const parent = field('parentSpanId', 'parent_span_id');
  const reader = new AttributeReader(limits);
  const resource = resources.of(around.resource);
  const status = isObject(item['status']) ? item['status'] : {};
  const scope = isObject(around.scope) ? around.scope : {};
  return assemble(
    {
      traceId: idOfText(field('traceId', 'trace_id'), TRACE_ID_BYTES),
      spanId: idOfText(field('spanId', 'span_id'), SPAN_ID_BYTES),
      parentSpanId: isNoParent(parent) ? '' : idOfText(parent, SPAN_ID_BYTES),
      name,
      start: timeOfJson(field('startTimeUnixNano', 'start_time_unix_nano'), name),
      end: timeOfJson(field('endTimeUnixNano', 'end_time_unix_nano'), name),
      attributes: reader.ofJson(item['attributes']),
      events: listOf(item['events'])
        .slice(0, limits.events)
        .map((event) => ({
          name: text(isObject(event) ? event['name'] : ''),
          attributes: reader.ofJson(isObject(event) ? event['attributes'] : undefined),
        })),
      failed: status['code'] === Status_StatusCode.ERROR || status['code'] === 'STATUS_CODE_ERROR',
      statusMessage: text(status['message']),
      scope: { name: text(scope['name']), version: text(scope['version']) },
      resource: resource.attributes,
    },
    reader.cut || resource.cut || listOf(item['events']).length > limits.events,
    limits,
  );
}

const listOf = (json: unknown): readonly unknown[] => (Array.isArray(json) ? (json as unknown[]) : []);
const text = (json: unknown) => (typeof json === 'string' ? json : '');
/** No parent is an absent one, an empty one, or what other systems send for none: zeros. */
const isNoParent = (parent: unknown) =>
  parent === undefined || parent === null || (typeof parent === 'string' && /^(0{16})?$/.test(parent));

/** Decimal digits or a number, also one before 1970. Absent is 0, as in protobuf. */
function timeOfJson(json: unknown, name: string): bigint {
  if (json === undefined || json === null || json === '') return 0n;
  if (typeof json === 'string' && /^-?\d{1,20}$/.test(json)) return BigInt(json);
  if (typeof json === 'number' && Number.isInteger(json)) return BigInt(json);
  throw new RefusedError('malformed', name);
}

function spanOfBytes(
  bytes: Uint8Array | undefined,
  resource: Resource,
  scope: { readonly name: string; readonly version: string },
  limits: Limits,
): RawSpan {
  if (bytes === undefined) throw new RefusedError('malformed');
  const span = fromBinary(SpanSchema, bytes, WITHOUT_UNKNOWN);
  const reader = new AttributeReader(limits);
  const { parentSpanId } = span;
  return assemble(
    {
      traceId: idOfBytes(span.traceId, TRACE_ID_BYTES),
      spanId: idOfBytes(span.spanId, SPAN_ID_BYTES),
      parentSpanId: parentSpanId.every((byte) => byte === 0) ? '' : idOfBytes(parentSpanId, SPAN_ID_BYTES),
      name: span.name,
      start: span.startTimeUnixNano,
      end: span.endTimeUnixNano,
      attributes: reader.ofMessages(span.attributes),
      events: span.events
        .slice(0, limits.events)
        .map(({ name, attributes }) => ({ name, attributes: reader.ofMessages(attributes) })),
      failed: span.status?.code === Status_StatusCode.ERROR,
      statusMessage: span.status?.message ?? '',
      scope: { name: scope.name, version: scope.version },
      resource: resource.attributes,
    },
    reader.cut || resource.cut || span.events.length > limits.events,
    limits,
  );
}

/** What both encodings say of a span; an id that is none is null, and no parent ''. */
interface Read extends Omit<RawSpan, 'traceId' | 'spanId' | 'times' | 'cut'> {
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly start: bigint;
  readonly end: bigint;
}

function assemble({ start, end, ...read }: Read, cut: boolean, limits: Limits): RawSpan {
  const name = storable(read.name.slice(0, LONGEST_NAME));
  const { traceId, spanId, parentSpanId } = read;
  if (traceId === null) throw new RefusedError('trace_id', name);
  if (spanId === null) throw new RefusedError('span_id', name);
  if (parentSpanId === null) throw new RefusedError('parent_span_id', name);
  const times = timesOf(start, end, limits);
  if (times === null) throw new RefusedError('no_time_that_can_be', name);
  return {
    ...read,
    traceId,
    spanId,
    parentSpanId: parentSpanId === '' ? null : parentSpanId,
    name,
    statusMessage: storable(read.statusMessage.slice(0, LONGEST_NAME)),
    scope: { name: storable(read.scope.name.slice(0, LONGEST_NAME)), version: storable(read.scope.version) },
    times,
    cut,
  };
}

const LONGEST_NAME = 1_024;
