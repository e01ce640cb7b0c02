/** Promises: what an exporter is answered, in the encoding it asked in. */
import { create, toBinary, toJson, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import { StatusSchema } from '../generated/google/rpc/status_pb.js';
import { ExportLogsServiceResponseSchema } from '../generated/opentelemetry/proto/collector/logs/v1/logs_service_pb.js';
import { ExportMetricsServiceResponseSchema } from '../generated/opentelemetry/proto/collector/metrics/v1/metrics_service_pb.js';
import { ExportTraceServiceResponseSchema } from '../generated/opentelemetry/proto/collector/trace/v1/trace_service_pb.js';
import type { Rejected } from './refusals.js';

export type Encoding = 'json' | 'protobuf';
export type SignalName = 'traces' | 'logs' | 'metrics';

/** What was not taken, as the decoders say it, and whoever keeps the rest. */
export interface Outcome {
  readonly rejected: readonly (Omit<Rejected, 'reason'> & { readonly reason: string })[];
  readonly rejectedCount: number;
}

/** The body of a 200: empty (`{}` in JSON) when everything was taken, partial success with the first names otherwise. */
export function encodeAnswer(signal: SignalName, outcome: Outcome, encoding: Encoding): string | Uint8Array {
  const count = BigInt(outcome.rejectedCount);
  const errorMessage = describe(outcome);
  switch (signal) {
    case 'traces': {
      const partialSuccess = { rejectedSpans: count, errorMessage };
      return encode(ExportTraceServiceResponseSchema, count === 0n ? {} : { partialSuccess }, encoding);
    }
    case 'logs': {
      const partialSuccess = { rejectedLogRecords: count, errorMessage };
      return encode(ExportLogsServiceResponseSchema, count === 0n ? {} : { partialSuccess }, encoding);
    }
    case 'metrics': {
      const partialSuccess = { rejectedDataPoints: count, errorMessage };
      return encode(ExportMetricsServiceResponseSchema, count === 0n ? {} : { partialSuccess }, encoding);
    }
  }
}

/** The codes of google.rpc that a receiver of telemetry says. */
export const STATUS_CODES = {
  invalid_argument: 3,
  permission_denied: 7,
  resource_exhausted: 8,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** The body of an error: google.rpc.Status. */
export const encodeStatus = (
  code: keyof typeof STATUS_CODES,
  message: string,
  encoding: Encoding,
): string | Uint8Array => encode(StatusSchema, { code: STATUS_CODES[code], message }, encoding);

function encode<Desc extends DescMessage>(
  schema: Desc,
  init: Parameters<typeof create<Desc>>[1],
  encoding: Encoding,
): string | Uint8Array {
  const message: MessageShape<Desc> = create(schema, init);
  return encoding === 'json' ? JSON.stringify(toJson(schema, message)) : toBinary(schema, message);
}

const NAMED = 5;

function describe({ rejected, rejectedCount }: Outcome): string {
  const named = rejected
    .slice(0, NAMED)
    .map(({ path, reason, sample }) => `${path}: ${reason}${sample === '' ? '' : ` (${sample})`}`);
  const more = rejectedCount - named.length;
  return named.join('; ') + (more > 0 && named.length > 0 ? `; and ${more} more` : '');
}
