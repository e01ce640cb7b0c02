/**
 * The ledger's tail over graphql-ws. When a tenant's ledger moves, what is shown is read again, at most once a second;
 * without a connection the console polls every 15 s and says so.
 */
import type { Client } from 'graphql-ws';
import { useEffect, useSyncExternalStore } from 'react';
import { ApiError } from './api-error.js';
import { fromGraphQL, type GraphQLError } from './http.js';
import { paced } from './paced.js';
import { queryClient } from './query-client.js';
import { isSessionEnd, leaveForSignIn } from './session-ended.js';

export interface Freshness {
  /** `away`: what is shown could not be read again. */
  readonly state: 'live' | 'polling' | 'paused' | 'connecting' | 'away';
  /** Epoch ms of the last message or answer; a failure is none. */
  readonly at: number;
}

let freshness: Freshness = { state: 'connecting', at: Date.now() };
const listeners = new Set<() => void>();
const set = (next: Partial<Freshness>) => {
  freshness = { ...freshness, ...next };
  listeners.forEach((listener) => listener());
};

export const useFreshness = (): Freshness =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => freshness,
  );

const SUBSCRIPTION = /* GraphQL */ `
  subscription Live($tenant: String!) {
    ledgerAdvanced(tenant: $tenant) {
      seq
      epoch
      at
      changed
    }
  }
`;
/** As many as the API takes on one socket; where there are more, all are polled. */
const SUBSCRIPTIONS_MAX = 20;
const PAUSE_MS = 1_000;
const POLL_MS = 15_000;

/** Follows one tenant, or every tenant in `_all`, while mounted. */
export function useLive(tenants: readonly string[], paused: boolean): void {
  const key = tenants.join(' ');
  useEffect(() => {
    if (paused) {
      set({ state: 'paused' });
      return undefined;
    }
    let following = true;
    const say = (state: Freshness['state'], at = freshness.at) => {
      if (following) set({ state, at });
    };
    const slugs = key === '' ? [] : key.split(' ');
    const unheard = new Set(slugs);
    const client = connect(() => {
      slugs.forEach((slug) => unheard.add(slug));
      say('polling');
    });
    const reading = paced(async () => {
      await queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.['live'] !== false });
      if (isOutOfReach()) say('away');
      else say(unheard.size === 0 ? 'live' : 'polling', Date.now());
    }, PAUSE_MS);
    const followed = slugs.length > SUBSCRIPTIONS_MAX ? [] : slugs;
    if (followed.length < slugs.length) say('polling');
    const follow = (on: Client, tenant: string) =>
      on.subscribe(
        { query: SUBSCRIPTION, variables: { tenant } },
        {
          // A connection is not yet an answer: live is what every tenant has said something on.
          next: ({ data }) => {
            unheard.delete(tenant);
            if (unheard.size === 0) say('live', Date.now());
            // A stop is shown at once; the rest may wait its turn.
            if (isChange(data)) void queryClient.invalidateQueries({ queryKey: ['kill-switches'] });
            reading.ask();
          },
          error: (failure) => {
            unheard.add(tenant);
            say('polling');
            if (isRefused(failure)) leaveForSignIn();
          },
          complete: () => undefined,
        },
      );
    client.then(
      (made) => following && followed.forEach((tenant) => follow(made, tenant)),
      () => say('polling'),
    );
    const poll = setInterval(() => {
      if (freshness.state !== 'live') reading.ask();
    }, POLL_MS);
    return () => {
      following = false; // what its closing says is about nobody any more
      reading.stop();
      clearInterval(poll);
      client.then(
        (made) => made.dispose(), // its subscriptions end with it
        () => undefined,
      );
    };
  }, [key, paused]);
}

/** What speaks the protocol comes behind the first view. */
async function connect(onClosed: () => void): Promise<Client> {
  const { createClient } = await import('graphql-ws');
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;
  return createClient({
    url,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    on: { closed: onClosed },
  });
}

/** The failure graphql-ws hands on when the API has ended a subscription: its errors, or how the socket was closed. */
const isRefused = (failure: unknown): boolean =>
  Array.isArray(failure)
    ? failure.some((error) => isSessionEnd(fromGraphQL(error as GraphQLError)))
    : (failure as Partial<CloseEvent> | null)?.code === UNAUTHORIZED;
/** Of graphql-transport-ws. */
const UNAUTHORIZED = 4401;

const isOutOfReach = (): boolean =>
  queryClient
    .getQueryCache()
    .findAll({ type: 'active' })
    .some(({ state: { error } }) => error instanceof ApiError && AWAY.has(error.code));
const AWAY = new Set(['UNREACHABLE', 'UNAVAILABLE']);

const isChange = (data: unknown): boolean =>
  (data as { ledgerAdvanced?: { changed?: boolean } } | null | undefined)?.ledgerAdvanced?.changed === true;
