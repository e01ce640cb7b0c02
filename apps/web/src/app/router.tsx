/** Every address of the console. The URL holds the state: search members are validated, wrong ones fall back. */
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { queryClient } from '../shared/api/query-client.js';
import { ALL } from '../shared/api/session.js';
import { lenient } from '../shared/url/many.js';
import { landingOf } from './destinations.js';
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

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async () => {
    const { tenants } = await signedIn('/');
    const [only] = tenants;
    const place = tenants.length === 1 && only ? landingOf(only.tenant.slug, only.roles) : landingOf(ALL, []);
    redirect({ ...place, throw: true });
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
