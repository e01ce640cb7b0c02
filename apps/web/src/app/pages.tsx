/** The pages of a scope, one route each; each loads when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { permissionsSearch } from '../features/permissions/permissions.search.js';
import { quotasSearch } from '../features/quotas/quotas.search.js';
import { toolsSearch } from '../features/tools/tools.search.js';
import { auditSearch } from '../features/audit/audit.search.js';
import { evaluationSearch } from '../features/evaluations/evaluations.search.js';
import { latencySearch } from '../features/latency/latency.search.js';
import { resourcesSearch } from '../features/resources/resources.search.js';
import { spendSearch } from '../features/spend/spend.search.js';
import { subjectsSearch } from '../features/subjects/subjects.search.js';
import { scopeRoute } from './scope-route.js';

export const pageRoutes = [
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/',
    component: lazyRouteComponent(() => import('../pages/overview-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/panic',
    component: lazyRouteComponent(() => import('../pages/panic-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/settings/preferences',
    component: lazyRouteComponent(() => import('../pages/preferences-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/permissions',
    validateSearch: permissionsSearch,
    component: lazyRouteComponent(() => import('../pages/permissions-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/quotas',
    validateSearch: quotasSearch,
    component: lazyRouteComponent(() => import('../pages/quotas-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/tools',
    validateSearch: toolsSearch,
    component: lazyRouteComponent(() => import('../pages/tools-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/evaluations',
    validateSearch: evaluationSearch,
    component: lazyRouteComponent(() => import('../pages/evaluations-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/latency',
    validateSearch: latencySearch,
    component: lazyRouteComponent(() => import('../pages/latency-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/spend',
    validateSearch: spendSearch,
    component: lazyRouteComponent(() => import('../pages/spend-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => import('../pages/audit-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/audit/verify',
    component: lazyRouteComponent(() => import('../pages/audit-verify-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/settings/members',
    component: lazyRouteComponent(() => import('../pages/members-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/settings/keys',
    component: lazyRouteComponent(() => import('../pages/api-keys-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/settings/subjects',
    validateSearch: subjectsSearch,
    component: lazyRouteComponent(() => import('../pages/subjects-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/settings/resources',
    validateSearch: resourcesSearch,
    component: lazyRouteComponent(() => import('../pages/resources-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/settings/connections',
    component: lazyRouteComponent(() => import('../pages/connections-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/settings/tenants',
    component: lazyRouteComponent(() => import('../pages/tenants-page.js')),
  }),
  createRoute({
    getParentRoute: () => scopeRoute,
    path: '/settings/administrators',
    component: lazyRouteComponent(() => import('../pages/administrators-page.js')),
  }),
];
