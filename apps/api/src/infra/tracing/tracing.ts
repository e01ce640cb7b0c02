/**
 * Spans of Reeve itself, by OpenTelemetry's API: without an endpoint there is no provider, and each call here does
 * nothing. Contexts are handed on and not kept beside every promise, which would cost each request something.
 */
import {
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ATTRIBUTES as A, SPANS } from './names.js';

export type { Context, Span } from '@opentelemetry/api';

const tracer = trace.getTracer('reeve');

const SPAN = Symbol('the span of a request');
type Traced = FastifyRequest & { [SPAN]?: Span };

/** A span for each request of this server, beneath its caller's (W3C Trace Context). */
export function traceRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { method, routeOptions, headers } = request;
    const route = routeOptions.url;
    const name = route === undefined ? method : `${method} ${route}`;
    const attributes: Attributes = { [A.method]: method, ...(route !== undefined && { [A.route]: route }) };
    const caller = propagation.extract(ROOT_CONTEXT, headers);
    (request as Traced)[SPAN] = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, caller);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const span = (request as Traced)[SPAN];
    const { statusCode } = reply.raw;
    span?.setAttribute(A.status, statusCode);
    if (statusCode >= 500) span?.setAttribute(A.errorType, String(statusCode)).setStatus(FAILED);
    span?.end();
    done();
  });
}

/** undefined where nobody would see what happens in it. */
export function traceOf(request: FastifyRequest): Context | undefined {
  const span = (request as Traced)[SPAN];
  return span?.isRecording() === true ? trace.setSpan(ROOT_CONTEXT, span) : undefined;
}

/** A decided question, by names that its policy has. */
export interface Decided {
  readonly evaluationId: string;
  readonly tenantId: string;
  readonly effect: string;
  readonly reason: string;
  readonly mode: string;
  readonly policyRevision: number;
  readonly assistant: string | null;
  readonly type: string;
  readonly target: string;
}

/** `began`: epoch milliseconds. */
export function traceDecision(within: Context, began: number, decided: Decided): void {
  const attributes: Attributes = {
    [A.operation]: 'run_guardrail',
    [A.guardrail]: 'reeve',
    [A.targetType]: decided.type,
    [A.targetId]: decided.target,
    [A.verdict]: decided.effect === 'allow' ? 'allow' : 'deny',
    [A.verdictCode]: decided.reason,
    [A.policyVersion]: String(decided.policyRevision),
    [A.evaluation]: decided.evaluationId,
    [A.effect]: decided.effect,
    [A.mode]: decided.mode,
    [A.tenant]: decided.tenantId,
    ...(decided.assistant !== null && { [A.agent]: decided.assistant }),
  };
  const kind = SpanKind.INTERNAL;
  tracer.startSpan(SPANS.decision, { kind, attributes, startTime: began }, within).end();
}

/** A batch, from when it begins until it is durable or has failed. */
export async function traceBatch<T>(
  decided: 'ahead' | 'under_lock',
  size: number,
  tenants: number,
  work: (within: Context) => Promise<T>,
): Promise<T> {
  const attributes = { [A.decided]: decided, [A.batchSize]: size, [A.batchTenants]: tenants };
  const span = tracer.startSpan(SPANS.batch, { kind: SpanKind.INTERNAL, attributes }, ROOT_CONTEXT);
  return ended(span, work(span.isRecording() ? trace.setSpan(ROOT_CONTEXT, span) : ROOT_CONTEXT));
}

/** What a batch sends to the database, until it is answered. */
export function traceWrite<T>(within: Context, statements: number, answered: Promise<T>): Promise<T> {
  if (within === ROOT_CONTEXT) return answered;
  const attributes = { [A.database]: 'postgresql', [A.statements]: statements };
  return ended(tracer.startSpan(SPANS.write, { kind: SpanKind.CLIENT, attributes }, within), answered);
}

/** A job of a queue that is over; times in epoch milliseconds. */
export function traceJob(queue: string, name: string, began: number, error?: Error): void {
  const attributes = { [A.messaging]: 'bullmq', [A.queue]: queue, [A.job]: name };
  const options = { kind: SpanKind.CONSUMER, attributes, startTime: began };
  const span = tracer.startSpan(`process ${queue}`, options, ROOT_CONTEXT);
  if (error !== undefined) span.setAttribute(A.errorType, error.name).setStatus(FAILED);
  span.end();
}

const FAILED = { code: SpanStatusCode.ERROR };

async function ended<T>(span: Span, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    // Its message may quote what somebody sent.
    span.setAttribute(A.errorType, error instanceof Error ? error.name : 'unknown').setStatus(FAILED);
    throw error;
  } finally {
    span.end();
  }
}
