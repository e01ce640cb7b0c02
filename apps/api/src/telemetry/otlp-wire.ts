/**
 * OTLP/HTTP on the wire (OTLP 1.x, "OTLP/HTTP"): protobuf or JSON, packed or not; the answer, and a failure as
 * google.rpc.Status, in the encoding of the request.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { encodeAnswer, encodeStatus, type Encoding, type SignalName } from '@reeve/telemetry';
import type { RouteAnswer, RouteBody } from '../entrance/agent-route.js';
import { Bodies } from '../infra/bodies.js';
import { DomainError, type ErrorCode } from '../infra/errors.js';
import type { FailureForm } from '../infra/failure.filter.js';

const MB = 1_048_576;
/** Of a body, as it was sent and as it was before it was packed. */
export const SENT_BYTES_MAX = 4 * MB;
export const INFLATED_BYTES_MAX = 8 * MB;

/** Apart from what agents ask: whoever exports much takes none of their room. */
const room = new Bodies({ total: 48 * MB, share: 16 * MB });

const CONTENT_TYPES: Readonly<Record<Encoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

/** As it came: inflating and reading it is work for somebody who has been let in. */
export interface OtlpBody {
  readonly bytes: Buffer;
  readonly encoding: Encoding;
  readonly packed: boolean;
}

/** What of a request was not taken, for its answer. */
export type Refused = Parameters<typeof encodeAnswer>[1];

export const otlpBody: RouteBody = {
  contentTypes: Object.values(CONTENT_TYPES),
  bytesMax: SENT_BYTES_MAX,
  room,
  otherType: {
    code: 'unsupported_media_type',
    message: 'Send application/x-protobuf or application/json, as OTLP/HTTP has them.',
  },
  schema: () => ({
    type: 'object',
    description: 'An OTLP export request, with Content-Encoding gzip or none.',
  }),
  read: (bytes, headers): OtlpBody => ({ bytes, encoding: encodingOf(headers), packed: isPacked(headers) }),
};

export const otlpAnswer =
  (signal: SignalName) =>
  (headers: IncomingHttpHeaders): RouteAnswer => {
    const encoding = encodingOf(headers);
    return {
      status: 200,
      contentType: CONTENT_TYPES[encoding],
      write: (refused) => encodeAnswer(signal, refused as Refused, encoding),
      failure: failureIn(encoding),
    };
  };

const encodingOf = ({ 'content-type': contentType = '' }: IncomingHttpHeaders): Encoding =>
  /^\s*application\/json\b/i.test(contentType) ? 'json' : 'protobuf';

function isPacked({ 'content-encoding': coding = 'identity' }: IncomingHttpHeaders): boolean {
  if (/^(x-)?gzip$/i.test(coding)) return true;
  if (/^identity$/i.test(coding)) return false;
  throw new DomainError('unsupported_media_type', 'Send it packed with gzip, or as it is.', { path: '' });
}

const failureIn = (encoding: Encoding): FailureForm => ({
  contentType: CONTENT_TYPES[encoding],
  respell,
  write: ({ code, message }) => Buffer.from(encodeStatus(STATUS[code] ?? 'internal', message, encoding)),
});

const STATUS: { readonly [code in ErrorCode]?: Parameters<typeof encodeStatus>[0] } = {
  bad_request: 'invalid_argument',
  invalid: 'invalid_argument',
  not_found: 'invalid_argument',
  method_not_allowed: 'invalid_argument',
  unsupported_media_type: 'invalid_argument',
  too_large: 'invalid_argument',
  unauthenticated: 'unauthenticated',
  forbidden: 'permission_denied',
  rate_limited: 'resource_exhausted',
  unavailable: 'unavailable',
};

/** Several exporters drop what is told to wait longer than their patience, and some drop a 429 at once. */
const WAIT_SECONDS_MAX = 3;
const WAIT_SECONDS = 2;

/**
 * Too much is 503 with whole seconds to wait; what can't be read is 400, because exporters send again after anything
 * that looks like our fault.
 */
function respell(error: DomainError): DomainError {
  const { code, message, problems, cause } = error;
  if (code === 'invalid') return new DomainError('bad_request', message, { cause, problems });
  if (code !== 'rate_limited' && code !== 'unavailable') return error;
  const asked = error.details?.['retryAfterSeconds'];
  const seconds =
    typeof asked === 'number' ? Math.min(Math.max(Math.ceil(asked), 1), WAIT_SECONDS_MAX) : WAIT_SECONDS;
  return new DomainError('unavailable', message, { cause, details: { retryAfterSeconds: seconds } });
}
