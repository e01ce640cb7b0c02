/** No answer is larger than this: its price bounds what a query may load, and what was loaded may still weigh more. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../errors.js';
import { toGraphQLError } from '../failure.filter.js';

export const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

/** Answers TOO_LARGE instead, under the status that was to be: a mutation that has changed something has changed it. */
export function capAnswers(fastify: FastifyInstance, bytesMax = ANSWER_BYTES_MAX): void {
  fastify.addHook(
    'onSend',
    (
      { url, id }: FastifyRequest,
      reply: FastifyReply,
      payload: unknown,
      done: (error: null, payload?: unknown) => void,
    ) => {
      const isLarge =
        GRAPHQL.test(url) && typeof payload === 'string' && Buffer.byteLength(payload) > bytesMax;
      if (!isLarge) return done(null, payload);
      void reply.removeHeader('content-length');
      done(null, JSON.stringify(tooLarge(bytesMax, id)));
    },
  );
}

const GRAPHQL = /^\/graphql(\?|$)/;

function tooLarge(bytesMax: number, requestId: string): object {
  const message = `The answer is larger than ${bytesMax} bytes. Ask for fewer rows, fields or documents.`;
  const error = toGraphQLError(new DomainError('too_large', message), requestId).toJSON();
  return { data: null, errors: [{ ...error, extensions: { ...error.extensions, requestId } }] };
}
