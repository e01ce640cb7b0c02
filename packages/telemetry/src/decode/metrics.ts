/** Promises: an OTLP request of metrics is read so far as to accept it; the names about GenAI are told, no figure is kept. */
import { fromBinary } from '@bufbuild/protobuf';
import { MetricSchema } from '../generated/opentelemetry/proto/metrics/v1/metrics_pb.js';
import { isObject } from './attributes.js';
import { binaryEnvelope, jsonEnvelope, METRICS } from './envelope.js';
import { jsonOf } from './json-body.js';
import { LIMITS, type Limits } from './limits.js';
import { Intake, RefusedError, type Rejected } from './refusals.js';
import type { Body } from './traces.js';

export interface DecodedMetrics {
  /** Sorted, none twice. */
  readonly genAiNames: readonly string[];
  readonly metricCount: number;
  readonly rejected: readonly Rejected[];
  readonly rejectedCount: number;
}

/** Throws UndecodableError, and nothing else, where the body is none of OTLP at all. */
export function decodeMetrics(body: Body, limits: Limits = LIMITS): DecodedMetrics {
  const intake = new Intake<string>(limits);
  if ('json' in body) {
    for (const { path, item } of jsonEnvelope(jsonOf(body.json), METRICS)) {
      intake.take(path, () => {
        if (!isObject(item) || typeof item['name'] !== 'string') throw new RefusedError('malformed');
        return item['name'];
      });
    }
  } else {
    for (const { path, item } of binaryEnvelope(body.protobuf, METRICS)) {
      intake.take(path, () => {
        if (item === undefined) throw new RefusedError('malformed');
        return fromBinary(MetricSchema, item, { readUnknownFields: false }).name;
      });
    }
  }
  const { items: names, rejected, rejectedCount } = intake;
  const genAiNames = [...new Set(names.filter((name) => name.startsWith('gen_ai.')))].sort();
  return { genAiNames, metricCount: names.length, rejected, rejectedCount };
}
