/** Takes spans in: whatever the way they came by, they pass here, once, and are durable when it answers. */
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../infra/errors.js';
import { isDatabaseAway, toDomainError } from '../infra/to-domain-error.js';
import { IngestTurns } from './ingest-turns.js';
import { sampleOf } from './intake.js';
import { pseudonymised } from './pseudonym.js';
import { SPAN_STORE, type Delivery, type Rejection, type SpanStore, type Written } from './span-store.js';
import { TermsOfTenants } from './terms.service.js';

/** Transactions at once, of different tenants. */
const AT_ONCE = 3;
/** Spans that are written together. */
const SPANS_MAX = 4_000;
/** Failures after which what is left of a delivery is given up: looking for the spans at fault has an end. */
const FAILURES_MAX = 64;
const ATTEMPTS = 4;

interface Waiter {
  readonly delivery: Delivery;
  readonly answer: (written: Written) => void;
}

@Injectable()
export class Ingest {
  private readonly turns = new IngestTurns<Waiter>(AT_ONCE, SPANS_MAX);

  constructor(
    @Inject(SPAN_STORE) private readonly store: SpanStore,
    private readonly terms: TermsOfTenants,
  ) {}

  /** What of the delivery is not kept. Throws where nothing of it is. */
  async take(tenantId: string, { spans, ...rest }: Delivery): Promise<readonly Rejection[]> {
    const salt = await this.store.saltOf(tenantId);
    const delivery = { ...rest, spans: spans.map((span) => pseudonymised(span, salt)) };
    const written = await new Promise<Written>((answer) => {
      this.turns.add(tenantId, { item: { delivery, answer }, weight: spans.length + 1 });
      this.goOn();
    });
    if (written instanceof DomainError) throw written;
    return written;
  }

  private goOn(): void {
    for (let turn = this.turns.next(); turn !== undefined; turn = this.turns.next())
      void this.serve(turn.tenantId, turn.items);
  }

  private async serve(tenantId: string, waiters: readonly Waiter[]): Promise<void> {
    const deliveries = waiters.map(({ delivery }) => delivery);
    const written = await this.write(tenantId, deliveries, { failures: 0 });
    for (const [i, { answer }] of waiters.entries()) answer(written[i]!);
    this.turns.done(tenantId);
    this.goOn();
  }

  /**
   * Never throws. What PostgreSQL refuses to store is looked for by halves, so that it costs neither its neighbours nor
   * its own delivery.
   */
  private async write(
    tenantId: string,
    deliveries: readonly Delivery[],
    tally: { failures: number },
  ): Promise<readonly Written[]> {
    try {
      return await this.attempt(tenantId, deliveries);
    } catch (error) {
      tally.failures += 1;
      const failed = toDomainError(error);
      if (isDatabaseAway(error) || failed.code !== 'internal') return deliveries.map(() => failed);
      const [only] = deliveries;
      if (only === undefined) return [];
      if (deliveries.length > 1) {
        const half = deliveries.length >> 1;
        return [
          ...(await this.write(tenantId, deliveries.slice(0, half), tally)),
          ...(await this.write(tenantId, deliveries.slice(half), tally)),
        ];
      }
      return [await this.halve(tenantId, only, tally, failed)];
    }
  }

  private async halve(
    tenantId: string,
    delivery: Delivery,
    tally: { failures: number },
    failed: DomainError,
  ): Promise<Written> {
    const { spans, rejected } = delivery;
    const [first] = spans;
    if (first === undefined) return failed;
    if (spans.length === 1 || tally.failures > FAILURES_MAX) {
      const left: Rejection = { reason: 'not_storable', count: spans.length, sample: sampleOf(first) };
      const [written] = await this.write(
        tenantId,
        [{ ...delivery, spans: [], rejected: [...rejected, left] }],
        tally,
      );
      return written!;
    }
    const half = spans.length >> 1;
    const [one] = await this.write(tenantId, [{ ...delivery, spans: spans.slice(0, half) }], tally);
    if (one instanceof DomainError) return one;
    const [other] = await this.write(
      tenantId,
      [{ ...delivery, spans: spans.slice(half), rejected: [] }],
      tally,
    );
    if (other instanceof DomainError) return other;
    return [...one!, ...other!];
  }

  /** Again where two processes have met, or a day went while it was written to. */
  private async attempt(tenantId: string, deliveries: readonly Delivery[]): Promise<readonly Written[]> {
    for (let left = ATTEMPTS; ; left -= 1)
      try {
        return await this.store.write(tenantId, deliveries, this.terms.of(tenantId));
      } catch (error) {
        if (left === 0 || !MET.has((error as { code?: string }).code ?? '')) throw error;
      }
  }
}

/** serialization_failure, deadlock_detected, and a row without a partition. */
const MET: ReadonlySet<string> = new Set(['40001', '40P01', '23514']);
