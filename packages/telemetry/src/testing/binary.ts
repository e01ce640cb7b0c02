/** Promises: OTLP's JSON as the protobuf body that a sender of the same spans would post. */
import { fromJson, toBinary } from '@bufbuild/protobuf';
import { base64Encode } from '@bufbuild/protobuf/wire';
import { ExportTraceServiceRequestSchema } from '../generated/opentelemetry/proto/collector/trace/v1/trace_service_pb.js';

const IDS = /^(traceId|spanId|parentSpanId)$/;

export const binaryOf = (request: unknown): Uint8Array =>
  toBinary(
    ExportTraceServiceRequestSchema,
    fromJson(ExportTraceServiceRequestSchema, JSON.parse(JSON.stringify(request, protobufIds)), {
      ignoreUnknownFields: true,
    }),
  );

/** Protobuf's own JSON has bytes in base64, OTLP's has ids in hex. */
function protobufIds(key: string, value: unknown): unknown {
  if (!IDS.test(key) || typeof value !== 'string') return value;
  return base64Encode(Uint8Array.from(value.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)));
}
