/**
 * OTLP in. A request of which something can be read is answered 200 once all that is kept of it is durable; what is not
 * kept is named there, counted, and stays visible: partial success is never sent again.
 */
import { Injectable } from '@nestjs/common';
import {
  decodeLogs,
  decodeMetrics,
  decodeTraces,
  normalise,
  UndecodableError,
  type Body,
  type Rejected,
  type SignalName,
  type Span,
} from '@reeve/telemetry';
import type { AgentCaller } from '../auth/agent-caller.js';
import { DomainError } from '../infra/errors.js';
import { exhausted, Shares } from '../infra/shares.js';
import { inflated } from './inflate.js';
import { Ingest } from './ingest.service.js';
import { INFLATED_BYTES_MAX, type OtlpBody, type Refused } from './otlp-wire.js';
import type { Rejection } from './span-store.js';

interface Decoded {
  readonly spans: readonly Span[];
  readonly rejected: readonly Rejected[];
  readonly rejectedCount: number;
}

const MB = 1_048_576;
/** Bytes, inflated, that are being read and written. */
const UNDER_WAY = { total: 128 * MB, share: 48 * MB };

@Injectable()
export class Receiver {
  private readonly shares = new Shares(UNDER_WAY);

  constructor(private readonly ingest: Ingest) {}

  async receive(
    caller: AgentCaller,
    signal: SignalName,
    { bytes, encoding, packed }: OtlpBody,
  ): Promise<Refused> {
    const { tenantId, keyId } = caller;
    const plain = packed ? await inflated(bytes, INFLATED_BYTES_MAX) : bytes;
    return this.withinShare(tenantId, plain.length, async () => {
      const body: Body = encoding === 'json' ? { json: textOf(plain) } : { protobuf: plain };
      const { spans, rejected, rejectedCount } = decoded(signal, body);
      const found = byReason(rejected, rejectedCount);
      const receiver = `otlp_${signal}` as const;
      const unkept = await this.ingest.take(tenantId, { keyId, receiver, spans, rejected: found });
      return refusedOf(rejected, unkept);
    });
  }

  private async withinShare<T>(tenantId: string, bytes: number, work: () => Promise<T>): Promise<T> {
    const whose = this.shares.take(tenantId, bytes);
    if (whose !== undefined) throw exhausted(whose, 'spans are being written');
    try {
      return await work();
    } finally {
      this.shares.giveBack(tenantId, bytes);
    }
  }
}

const NONE: readonly Span[] = [];

/** Of logs and metrics nothing is kept: what GenAI events say, spans say too. Throws `bad_request`. */
function decoded(signal: SignalName, body: Body): Decoded {
  try {
    switch (signal) {
      case 'traces': {
        const { spans, ...rest } = decodeTraces(body);
        return { ...rest, spans: spans.map((raw) => normalise(raw)) };
      }
      case 'logs':
        return { ...decodeLogs(body), spans: NONE };
      case 'metrics':
        return { ...decodeMetrics(body), spans: NONE };
    }
  } catch (cause) {
    if (cause instanceof UndecodableError)
      throw new DomainError('bad_request', cause.message, { cause, path: '' });
    throw cause;
  }
}

/** Bytes that are no text are replaced: what holds them will not be JSON, or a text that is shown as it came. */
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function byReason(rejected: readonly Rejected[], total: number): Rejection[] {
  const reasons = new Map<string, Rejection>();
  for (const { reason, path, sample } of rejected) {
    const { count, ...first } = reasons.get(reason) ?? {
      count: 0,
      reason,
      sample: `${path} ${sample}`.trim(),
    };
    reasons.set(reason, { ...first, count: count + 1 });
  }
  const unlisted = total - rejected.length;
  const more = { reason: 'not_listed', count: unlisted, sample: '' };
  return unlisted > 0 ? [...reasons.values(), more] : [...reasons.values()];
}

/** The first of them by their places, the others by what they are. */
function refusedOf(rejected: readonly Rejected[], unkept: readonly Rejection[]): Refused {
  const known = new Set<string>(rejected.map(({ reason }) => reason));
  const others = unkept.filter(({ reason }) => !known.has(reason) && reason !== 'not_listed');
  return {
    rejected: [
      ...rejected,
      ...others.map(({ reason, count, sample }) => ({ path: `${count} spans`, reason, sample })),
    ],
    rejectedCount: unkept.reduce((sum, { count }) => sum + count, 0),
  };
}
