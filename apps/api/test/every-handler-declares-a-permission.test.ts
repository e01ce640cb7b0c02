/** Nothing is reachable that has not said who may reach it: every handler is walked, and so is every route. */
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { agentControllers } from '../src/entrance/agent-controllers.js';
import { routesOf } from '../src/entrance/agent-route.js';
import { DEMAND, type Demand } from '../src/auth/permission.js';
import { startApp, type TestApp } from './support/app.js';

let reeve: TestApp;
beforeAll(async () => void (reeve = await startApp()));
afterAll(() => reeve.close());

/** Open to anyone, each with its reason. A new one belongs here after somebody has thought about it. */
const PUBLIC = new Set([
  'HealthController.alive',
  'HealthController.ready',
  'SignInController.session',
  'SignInController.signIn',
  'SignInController.secondFactor',
  'SignInController.signOut',
  'SignInController.setUp',
  // The link is the credential.
  'JoiningController.look',
  'JoiningController.joinAsNew',
  'JoiningController.joinAsExisting',
  'MetadataController.configuration',
  // Behind a token of its own, or not there.
  'MetricsController.scrape',
  'MetadataController.tenantConfiguration',
  'MetadataController.keys',
]);

interface Handler {
  readonly name: string;
  readonly demand: Demand | undefined;
}

function handlers(kind: 'controller' | 'resolver'): Handler[] {
  const discovery = new DiscoveryService(reeve.app.get(ModulesContainer));
  const scanner = new MetadataScanner();
  const wrappers = kind === 'controller' ? discovery.getControllers() : discovery.getProviders();
  return wrappers.flatMap(({ instance, metatype }): Handler[] => {
    if (instance == null || typeof metatype !== 'function' || Object.getPrototypeOf(instance) === null)
      return [];
    const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
    return scanner.getAllMethodNames(prototype).flatMap((method): Handler[] => {
      const handler = prototype[method] as object;
      const key = kind === 'controller' ? PATH_METADATA : 'graphql:resolver_type';
      if (!Reflect.hasMetadata(key, handler)) return [];
      return [
        {
          name: `${metatype.name}.${method}`,
          demand: Reflect.getMetadata(DEMAND, handler) as Demand | undefined,
        },
      ];
    });
  });
}

it('finds a declaration on every controller method', () => {
  const found = handlers('controller');
  expect(found.length).toBeGreaterThanOrEqual(14);
  expect(found.filter(({ demand }) => demand === undefined)).toEqual([]);
  expect(new Set(found.filter(({ demand }) => demand?.kind === 'public').map(({ name }) => name))).toEqual(
    PUBLIC,
  );
});

it('finds one on every query, mutation and subscription, and none of them public', () => {
  const found = handlers('resolver');
  const { schema } = reeve.app.get(GraphQLSchemaHost);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}));
  expect(found).toHaveLength(fields.length);
  expect(found.filter(({ demand }) => demand === undefined || demand.kind === 'public')).toEqual([]);
});

it('denies a handler without a declaration, whoever asks', async () => {
  const admin = await reeve.addAdmin();
  const { IntegrityResolver } = await import('../src/integrity/integrity.resolver.js');
  const handler = IntegrityResolver.prototype.ledgerHead;
  const declared = Reflect.getMetadata(DEMAND, handler) as Demand;
  Reflect.deleteMetadata(DEMAND, handler);
  try {
    const { code } = await reeve.graphql(admin, '{ ledgerHead(tenant: "_platform") { seq } }');
    expect(code).toBe('FORBIDDEN');
  } finally {
    Reflect.defineMetadata(DEMAND, declared, handler);
  }
  expect((await reeve.graphql(admin, '{ ledgerHead(tenant: "_platform") { seq } }')).code).toBeUndefined();
});

it('lets nobody into the agents’ entrance without an agent’s key, whatever the path', async () => {
  const routes = routesOf(agentControllers(reeve.app));
  expect(routes.length).toBeGreaterThanOrEqual(3);
  for (const url of [...routes.map(({ path }) => path), '/access/v1/elsewhere']) {
    const { statusCode } = await reeve.inject({ method: 'POST', url, payload: {} });
    expect(statusCode).toBe(401);
  }
});
