/** Identity enters a handler by these parameters and by nothing else. */
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { TypeMetadataStorage } from '@nestjs/graphql';
import { DomainError } from '../infra/errors.js';
import { actorIn } from './admin-actor.js';
import { entranceOf } from './admission.js';

/** The AdminActor, as the tenant that the request names knows them. */
export const CurrentActor = createParamDecorator(async (_: unknown, context: ExecutionContext) => {
  const actor = await entranceOf(context).admission.actor;
  if (actor == null) throw new DomainError('unauthenticated', 'Sign in first.');
  const [scope, ...others] = scopesOf(context);
  return scope === undefined || others.length > 0 ? actor : actorIn(actor, scope.id);
});

const scopesOf = (context: ExecutionContext) => {
  const { admission, tenant } = entranceOf(context);
  return admission.scopes.get(tenant ?? '') ?? [];
};

const scopeParameter = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const [scope] = scopesOf(context);
  if (scope === undefined) throw new DomainError('invalid', 'name a tenant', { path: '/tenant' });
  return scope;
});

const scopesParameter = createParamDecorator((_: unknown, context: ExecutionContext) => scopesOf(context));

/** The TenantScope of the argument `tenant: String!` (or `?tenant=`), which it also declares on the GraphQL field. */
export const InTenant = (): ParameterDecorator => withTenantArgument(scopeParameter());

/** The same for one tenant or `_all`: a list of TenantScope. */
export const InTenants = (): ParameterDecorator => withTenantArgument(scopesParameter());

function withTenantArgument(parameter: ParameterDecorator): ParameterDecorator {
  return (target, methodName, index) => {
    parameter(target, methodName, index);
    TypeMetadataStorage.addMethodParamMetadata({
      kind: 'arg',
      name: 'tenant',
      target: target.constructor,
      methodName: String(methodName),
      typeFn: () => String,
      index,
      options: {},
    });
  };
}
