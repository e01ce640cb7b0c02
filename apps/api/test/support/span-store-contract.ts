/** What every SpanStore does, whatever database is behind it. */
import { randomUUID } from 'node:crypto';
import { decodeTraces, normalise, PRICES, type Span } from '@reeve/telemetry';
import { expect, it } from 'vitest';
import { DomainError } from '../../src/infra/errors.js';
import type { Delivery, SpanStore, Terms, Written } from '../../src/telemetry/span-store.js';
import { call, newTraceId, otlpSpan, requestOf, summed, type OtlpSpan, type Summed } from './telemetry.js';

/** A store with one tenant and a key of it that is live, and what the store holds of that tenant. */
export interface StoreUnderTest {
  readonly store: SpanStore;
  readonly tenantId: string;
  readonly keyId: string;
  spans(): Promise<Span[]>;
  sums(): Promise<Summed>;
}

const DAY = 86_400_000;
const TERMS: Terms = {
  prices: PRICES,
  logPolicyOf: (assistant) => (assistant === 'open' ? 'full' : 'metadata'),
};

export const spansIn = (sent: readonly OtlpSpan[]): Span[] =>
  decodeTraces({ json: JSON.stringify(requestOf(sent)) }).spans.map((raw) => normalise(raw));

export function spanStoreContract(made: () => StoreUnderTest): void {
  const delivery = (sent: readonly OtlpSpan[], keyId = made().keyId): Delivery => ({
    keyId,
    receiver: 'otlp_traces',
    spans: spansIn(sent),
    rejected: [],
  });
  const write = (...deliveries: Delivery[]): Promise<readonly Written[]> =>
    made().store.write(made().tenantId, deliveries, () => Promise.resolve(TERMS));
  const ofTrace = async (trace: string) => (await made().spans()).filter(({ traceId }) => traceId === trace);

  it('keeps what comes once, however often it comes, and answers each delivery', async () => {
    const trace = newTraceId();
    const spans = [call({ trace }), call({ trace, at: 61_000 })];
    expect(await write(delivery(spans), delivery([spans[0]!]))).toEqual([[], []]);
    expect(await write(delivery([...spans].reverse()))).toEqual([[]]);
    expect(await ofTrace(trace)).toHaveLength(2);
    expect(await made().sums()).toEqual(summed(await made().spans()));
  });

  it('gives a span back as it was given', async () => {
    const trace = newTraceId();
    const [span] = spansIn([
      call({
        trace,
        parent: '12'.repeat(8),
        failed: true,
        attributes: { 'gen_ai.request.temperature': 0.25 },
      }),
    ]);
    await write({ ...delivery([]), spans: [span!] });
    expect(await ofTrace(trace)).toEqual([span]);
  });

  it('takes back what a span was', async () => {
    const trace = newTraceId();
    const span = '34'.repeat(8);
    await write(delivery([call({ trace, span, ms: 10 })]));
    await write(delivery([call({ trace, span, ms: 30, at: 3_600_000 })]));
    expect(await ofTrace(trace)).toMatchObject([{ durationNs: 30_000_000n }]);
    expect(await made().sums()).toEqual(summed(await made().spans()));
  });

  it('names what it does not keep to everybody who sent it', async () => {
    const old = otlpSpan({ at: -60 * DAY });
    const [one, other] = await write(delivery([old, otlpSpan()]), delivery([old, otlpSpan({ at: 9 * DAY })]));
    expect(one).toMatchObject([{ reason: 'too_old', count: 1 }]);
    expect(other).toMatchObject([
      { reason: 'too_old', count: 1 },
      { reason: 'too_far_ahead', count: 1 },
    ]);
  });

  it('keeps nothing of a key that is no longer good, and what others sent beside it', async () => {
    const [trace, theirs] = [newTraceId(), newTraceId()];
    const [mine, refused] = await write(
      delivery([call({ trace })]),
      delivery([call({ trace: theirs })], randomUUID()),
    );
    expect(mine).toEqual([]);
    expect(refused).toBeInstanceOf(DomainError);
    expect([await ofTrace(trace), await ofTrace(theirs)].map(({ length }) => length)).toEqual([1, 0]);
  });

  it('keeps what was said where it may, and lets a trace’s assistant say so', async () => {
    const said = { 'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"psst"}]}]' };
    for (const [assistant, kept] of [
      ['open', true],
      ['desk', false],
    ] as const) {
      const trace = newTraceId();
      const attributes = { 'gen_ai.agent.name': assistant, 'gen_ai.operation.name': 'invoke_agent' };
      const root = otlpSpan({ trace, ms: 500, attributes });
      await write(delivery([root, call({ trace, parent: root.spanId, attributes: said })]));
      expect(JSON.stringify((await ofTrace(trace)).map(({ content }) => content)).includes('psst')).toBe(
        kept,
      );
    }
  });

  it('writes of one trace at once, as if one after the other', async () => {
    const trace = newTraceId();
    const spans = Array.from({ length: 40 }, (_, i) => call({ trace, at: i }));
    await Promise.all([0, 1, 2, 3].map((n) => write(delivery(spans.filter((_, i) => i % 3 !== n)))));
    expect(await ofTrace(trace)).toHaveLength(40);
    expect(await made().sums()).toEqual(summed(await made().spans()));
  });

  it('has one salt for a tenant', async () => {
    const { store, tenantId } = made();
    const [one, other] = await Promise.all([store.saltOf(tenantId), store.saltOf(tenantId)]);
    expect(one.equals(other)).toBe(true);
    expect(one.length).toBeGreaterThanOrEqual(16);
  });
}
