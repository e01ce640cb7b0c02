/**
 * The ledger's tail over graphql-ws. When a tenant's ledger moves, what is shown is read again, at most once a second;
 * without a connection the console polls every 15 s and says so.
 */
import { createClient, type Client } from 'graphql-ws';
import { useEffect, useSyncExternalStore } from 'react';
import { paced } from './paced.js';
import { queryClient } from './query-client.js';

export interface Freshness {
  readonly state: 'live' | 'polling' | 'paused' | 'connecting';
  /** Epoch ms of the last message or answer. */
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
    const client = connect(say);
    const reading = paced(() => {
      set({ at: Date.now() });
      return queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.['live'] !== false });
    }, PAUSE_MS);
    const stops =
      key === ''
        ? []
        : key
            .split(' ')
            .map((tenant) =>
              client.subscribe(
                { query: SUBSCRIPTION, variables: { tenant } },
                { next: reading.ask, error: () => say('polling'), complete: () => undefined },
              ),
            );
    const poll = setInterval(() => {
      if (freshness.state !== 'live') reading.ask();
    }, POLL_MS);
    return () => {
      following = false; // what its closing says is about nobody any more
      reading.stop();
      clearInterval(poll);
      stops.forEach((stop) => stop());
      void client.dispose();
    };
  }, [key, paused]);
}

function connect(say: (state: Freshness['state'], at?: number) => void): Client {
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;
  return createClient({
    url,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    on: {
      connected: () => say('live', Date.now()),
      closed: () => say('polling'),
    },
  });
}
