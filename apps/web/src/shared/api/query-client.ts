/** One cache. What is shown stays on screen while it is fetched again; only failures of the network are retried. */
import { MutationCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.js';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      placeholderData: (previous: unknown) => previous,
      retry: (count, error) =>
        count < 2 && error instanceof ApiError && ['UNREACHABLE', 'UNAVAILABLE'].includes(error.code),
    },
    mutations: { retry: false },
  },
  mutationCache: new MutationCache({
    // What is shown is read again. Nobody waits for that: whoever made the change has its answer.
    onSettled: () => {
      void queryClient.invalidateQueries();
    },
  }),
});
