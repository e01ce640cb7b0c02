/** The routes above every page: the root, and the scope (a tenant's slug, or `_all`) with the time range that all pages share. */
import {
  createRootRouteWithContext,
  createRoute,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../shared/api/api-error.js';
import { queryClient } from '../shared/api/query-client.js';
import { sessionQuery } from '../shared/api/session.js';
import { timeSearch } from '../shared/url/time-range.js';
import { Failure, NotFound } from './failure.js';
import { MissingPage } from './missing.js';
import { Shell } from './shell.js';

export const rootRoute = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({
  component: Outlet,
  errorComponent: Failure,
  notFoundComponent: NotFound,
});

export const scopeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$scope',
  component: Shell,
  notFoundComponent: NowhereInScope,
  validateSearch: timeSearch,
  search: { middlewares: [retainSearchParams(['t', 'from', 'to', 'tz'])] },
  beforeLoad: async ({ location }) => {
    await signedIn(location.href);
  },
});

function NowhereInScope() {
  return <MissingPage scope={scopeRoute.useParams().scope} />;
}

/** The session, or the way to sign in and back. */
export async function signedIn(next: string) {
  try {
    return await queryClient.ensureQueryData(sessionQuery);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED')
      redirect({ to: '/sign-in', search: { next }, throw: true });
    throw error;
  }
}
