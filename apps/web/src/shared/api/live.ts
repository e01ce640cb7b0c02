/**
 * The ledger's tail over graphql-ws. When a tenant's ledger moves, what was read of that tenant is read again, at most
 * once a second; without a connection the console polls every 15 s and says so.
 */
import { createClient, type Client } from 'graphql-ws';
import { useEffect, useSyncExternalStore } from 'react';
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
const AT_MOST_EVERY_MS = 1_000;
const POLL_MS = 15_000;

/** Follows one tenant, or every tenant in `_all`, while mounted. */
export function useLive(tenants: readonly string[], paused: boolean): void {
  const key = tenants.join(' ');
  useEffect(() => {
    if (paused) {
      set({ state: 'paused' });
      return undefined;
    }
    const client = connect();
    let due: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      due ??= setTimeout(() => {
        due = undefined;
        set({ at: Date.now() });
        void queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.['live'] !== false });
      }, AT_MOST_EVERY_MS);
    };
    const stops =
      key === ''
        ? []
        : key
            .split(' ')
            .map((tenant) =>
              client.subscribe(
                { query: SUBSCRIPTION, variables: { tenant } },
                { next: refresh, error: () => set({ state: 'polling' }), complete: () => undefined },
              ),
            );
    const poll = setInterval(() => {
      if (freshness.state !== 'live') refresh();
    }, POLL_MS);
    return () => {
      clearTimeout(due);
      clearInterval(poll);
      stops.forEach((stop) => stop());
      void client.dispose();
    };
  }, [key, paused]);
}

function connect(): Client {
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;
  return createClient({
    url,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    on: {
      connected: () => set({ state: 'live', at: Date.now() }),
      closed: () => set({ state: 'polling' }),
    },
  });
}
