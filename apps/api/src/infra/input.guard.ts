/**
 * Before anything looks at an input of people, their automation or a stranger: text that the database and the ledger
 * cannot hold is refused with its path, over REST, GraphQL and subscriptions. A new input cannot forget it.
 */
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { getNamedType, type GraphQLResolveInfo } from 'graphql';
import { DomainError, type InputProblem } from './errors.js';
import { JSONValue } from './graphql/scalars.js';
import { problemsOfInput, problemsOfJson } from './input-limits.js';

@Injectable()
export class InputGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const problems =
      context.getType<GqlContextType>() === 'graphql' ? ofArguments(context) : ofRequest(context);
    const [first] = problems;
    if (first === undefined) return true;
    throw new DomainError('invalid', `${first.path}: ${first.message}`, { problems });
  }
}

function ofArguments(context: ExecutionContext): InputProblem[] {
  const graphql = GqlExecutionContext.create(context);
  const given = graphql.getArgs<Record<string, unknown>>();
  const { parentType, fieldName } = graphql.getInfo<GraphQLResolveInfo>();
  const fields = parentType.getFields();
  return fields[fieldName]!.args.flatMap(({ name, type }) =>
    getNamedType(type).name === JSONValue.name
      ? problemsOfJson(given[name], name)
      : problemsOfInput(given[name], name),
  );
}

function ofRequest(context: ExecutionContext): InputProblem[] {
  const { body, query, params } = context.switchToHttp().getRequest<FastifyRequest>();
  return [body, query, params].flatMap((part) => problemsOfInput(part, ''));
}
