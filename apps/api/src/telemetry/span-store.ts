/**
 * Where spans and their sums are kept. One interface, one suite of tests (`test/support/span-store-contract.ts`): no
 * caller knows which database is behind it.
 */
import type { LogPolicy } from '@reeve/policy';
import type { PriceList, Span } from '@reeve/telemetry';
import type { DomainError } from '../infra/errors.js';

/** Injection token for SpanStore. */
export const SPAN_STORE = Symbol('where spans are kept');

export const RECEIVERS = ['otlp_traces', 'otlp_metrics', 'otlp_logs', 'langfuse'] as const;
export type Receiver = (typeof RECEIVERS)[number];

/** Why a span that could be read is not kept; what could not be read has the decoder's reasons. */
export const UNKEPT = [
  'too_old',
  'too_far_ahead',
  'trace_too_long',
  'trace_no_longer_kept',
  'not_storable',
] as const;
export type Unkept = (typeof UNKEPT)[number];

/** So many were not taken for one reason; `sample` shows one, and nothing of what was said in it. */
export interface Rejection {
  readonly reason: string;
  readonly count: number;
  readonly sample: string;
}

/** One request's spans: users are pseudonyms already. */
export interface Delivery {
  /** Taken while that key is live; null: Reeve fetched them itself. */
  readonly keyId: string | null;
  readonly receiver: Receiver;
  readonly spans: readonly Span[];
  /** Found before it got here. */
  readonly rejected: readonly Rejection[];
}

/** Per delivery, in their order: what of it was not kept, or why nothing of it may be. */
export type Written = readonly Rejection[] | DomainError;

/** What of the tenant's settings a transaction needs, as they are when it begins. */
export interface Terms {
  readonly prices: PriceList;
  readonly logPolicyOf: (assistant: string | null) => LogPolicy;
}

/** By the revision of the tenant's policy that the transaction sees. */
export type TermsOf = (policyRevision: number) => Promise<Terms>;

export interface SpanStore {
  /**
   * Everything of these deliveries is durable when it returns, or nothing. Throws where one of the spans can't be
   * stored: whose it is, is the caller's to find out.
   */
  write(tenantId: string, deliveries: readonly Delivery[], termsOf: TermsOf): Promise<readonly Written[]>;
  /** Salts the pseudonyms of this tenant's users; the same for ever. */
  saltOf(tenantId: string): Promise<Buffer>;
  /** What its tenant no longer keeps goes: spans by their days, sums that no span can change any more. */
  forget(): Promise<void>;
}
