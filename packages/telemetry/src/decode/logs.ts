/** Promises: of an OTLP request of logs what is about GenAI; the rest is accepted and only counted. */
import { fromBinary } from '@bufbuild/protobuf';
import { LogRecordSchema } from '../generated/opentelemetry/proto/logs/v1/logs_pb.js';
import { AttributeReader, isObject } from './attributes.js';
import { binaryEnvelope, jsonEnvelope, LOGS } from './envelope.js';
import { idOfBytes, idOfText, SPAN_ID_BYTES, TRACE_ID_BYTES } from './ids.js';
import { jsonOf } from './json-body.js';
import { LIMITS, type Limits } from './limits.js';
import type { Attributes } from './raw-span.js';
import { Intake, RefusedError, type Rejected } from './refusals.js';
import type { Body } from './traces.js';

/** A GenAI event. What it is of may be a span that has not come yet. */
export interface GenAiEvent {
  readonly name: string;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly attributes: Attributes;
}

export interface DecodedLogs {
  readonly events: readonly GenAiEvent[];
  readonly otherCount: number;
  readonly rejected: readonly Rejected[];
  readonly rejectedCount: number;
}

/** Throws UndecodableError, and nothing else, where the body is none of OTLP at all. */
export function decodeLogs(body: Body, limits: Limits = LIMITS): DecodedLogs {
  const intake = new Intake<GenAiEvent | null>(limits);
  if ('json' in body) {
    for (const { path, item } of jsonEnvelope(jsonOf(body.json), LOGS)) {
      intake.take(path, () => eventOfJson(item, limits));
    }
  } else {
    for (const { path, item } of binaryEnvelope(body.protobuf, LOGS)) {
      intake.take(path, () => eventOfBytes(item, limits));
    }
  }
  const events = intake.items.filter((event) => event !== null);
  return {
    events,
    otherCount: intake.items.length - events.length,
    rejected: intake.rejected,
    rejectedCount: intake.rejectedCount,
  };
}

function eventOfJson(item: unknown, limits: Limits): GenAiEvent | null {
  if (!isObject(item)) throw new RefusedError('malformed');
  const attributes = new AttributeReader(limits).ofJson(item['attributes']);
  const name = item['eventName'] ?? item['event_name'];
  return genAi({
    name: typeof name === 'string' && name !== '' ? name : olderNameOf(attributes),
    traceId: idOfText(item['traceId'] ?? item['trace_id'], TRACE_ID_BYTES),
    spanId: idOfText(item['spanId'] ?? item['span_id'], SPAN_ID_BYTES),
    attributes,
  });
}

function eventOfBytes(bytes: Uint8Array | undefined, limits: Limits): GenAiEvent | null {
  if (bytes === undefined) throw new RefusedError('malformed');
  const record = fromBinary(LogRecordSchema, bytes, { readUnknownFields: false });
  const attributes = new AttributeReader(limits).ofMessages(record.attributes);
  return genAi({
    name: record.eventName === '' ? olderNameOf(attributes) : record.eventName,
    traceId: idOfBytes(record.traceId, TRACE_ID_BYTES),
    spanId: idOfBytes(record.spanId, SPAN_ID_BYTES),
    attributes,
  });
}

/** Before events had a name of their own it was an attribute. */
function olderNameOf(attributes: Attributes): string {
  const name = attributes.get('event.name');
  return typeof name === 'string' ? name : '';
}

const genAi = (event: GenAiEvent) => (event.name.startsWith('gen_ai.') ? event : null);
