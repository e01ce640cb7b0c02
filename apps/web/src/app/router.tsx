/** Every address of the console. The URL holds the state: search members are validated, wrong ones fall back. */
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { Effect } from '@reeve/policy';
import * as z from 'zod/mini';
import { queryClient } from '../shared/api/query-client.js';
import { ALL } from '../shared/api/session.js';
import { lenient } from '../shared/url/many.js';
import { PageFailure } from './failure.js';
import { pageRoutes } from './pages.js';
import { rootRoute, scopeRoute, signedIn } from './scope-route.js';

/** Of this console: `//elsewhere` begins with a slash, too. */
const isOwnAddress = (next: string): boolean =>
  next.startsWith('/') && new URL(next, location.origin).origin === location.origin;

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({ next: lenient(z.string().check(z.refine(isOwnAddress))) }),
  component: lazyRouteComponent(() => import('../pages/sign-in/sign-in-page.js')),
});
const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join',
  component: lazyRouteComponent(() => import('../pages/sign-in/join-page.js')),
});
const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/set-up',
  component: lazyRouteComponent(() => import('../pages/sign-in/set-up-page.js')),
});

/**
 * The page somebody begins at: an auditor at the log, an approver at what was asked, everybody else at the overview.
 */
function landingOf(scope: string, roles: readonly string[]) {
  const isOnly = (role: string) => scope !== ALL && roles.length > 0 && roles.every((each) => each === role);
  const params = { scope };
  if (isOnly('auditor')) return { to: '/$scope/audit', params } as const;
  if (isOnly('approver'))
    return {
      to: '/$scope/evaluations',
      params,
      search: { effect: ['approve', 'confirm'] as Effect[], t: '7d' },
    } as const;
  return { to: '/$scope', params } as const;
}

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async () => {
    const { tenants } = await signedIn('/');
    const [only] = tenants;
    const scope = tenants.length === 1 && only ? only.tenant.slug : ALL;
    redirect({ ...landingOf(scope, only?.roles ?? []), throw: true });
  },
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  joinRoute,
  setUpRoute,
  homeRoute,
  scopeRoute.addChildren(pageRoutes),
]);

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultErrorComponent: PageFailure,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
