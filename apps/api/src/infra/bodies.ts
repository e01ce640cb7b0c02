/**
 * Bodies that are under way are a sum: each is bounded, and a few hundred at once would fill the process nevertheless. Of
 * one caller there may be a share of it; what is more is refused by its headers, before it is read.
 */
import { finished } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { exhausted, Shares, type Sum } from './shares.js';

/** 1 MB: no argument, edit or document of ours is larger. */
export const BODY_BYTES_MAX = 1_048_576;
/** What is no larger is never refused: a stop, a sign-in, a question. */
export const SMALL_BODY_BYTES = 16_384;

const MB = 1_048_576;
/** An object that was read is several times as large as its text. */
export const AGENTS_BODIES: Sum = { total: 48 * MB, share: 16 * MB };
export const PEOPLES_BODIES: Sum = { total: 16 * MB, share: 4 * MB };

export class Bodies {
  private readonly shares: Shares;

  constructor(sum: Sum) {
    this.shares = new Shares(sum);
  }

  /** Holds what the request is going to send until it was answered. Throws `rate_limited`, or `unavailable`. */
  admit(
    who: string,
    request: Pick<FastifyRequest, 'headers'>,
    reply: Pick<FastifyReply, 'raw'>,
    bytesMax = BODY_BYTES_MAX,
  ): void {
    const bytes = bytesToCome(request, bytesMax);
    if (bytes <= SMALL_BODY_BYTES) return;
    const whose = this.shares.take(who, bytes);
    if (whose !== undefined) {
      // What is on its way is not read to its end: the connection closes behind the answer.
      reply.raw.setHeader('connection', 'close');
      throw exhausted(whose, 'bytes are being sent');
    }
    finished(reply.raw, () => this.shares.giveBack(who, bytes));
  }
}

/** What does not say how long it is may be as long as a body can be; what says it is longer is not read. */
export function bytesToCome({ headers }: Pick<FastifyRequest, 'headers'>, bytesMax = BODY_BYTES_MAX): number {
  const length = headers['content-length'];
  if (length !== undefined) return Math.min(Number(length), bytesMax);
  return headers['transfer-encoding'] === undefined ? 0 : bytesMax;
}
