/** Every query, mutation and subscription as the schema has it, so that a walk finds those that are added later. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

export type RootKind = 'query' | 'mutation' | 'subscription';

export interface RootField {
  readonly kind: RootKind;
  readonly name: string;
  readonly args: readonly GraphQLArgument[];
  /** The operation with a variable for each argument. */
  readonly operation: string;
}

export function rootFields(app: NestFastifyApplication): RootField[] {
  const { schema } = app.get(GraphQLSchemaHost);
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const;
  return roots.flatMap(([kind, type]) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({
      kind,
      name: field.name,
      args: field.args,
      operation: operationOf(kind, field),
    })),
  );
}

function operationOf(kind: RootKind, field: GraphQLField<unknown, unknown>): string {
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const given = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const selected = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  return field.args.length === 0
    ? `${kind} { ${field.name}${selected} }`
    : `${kind} (${declared}) { ${field.name}(${given})${selected} }`;
}

/** A value for each scalar; a list has one of it, an input object all of its members. */
export interface Sample {
  /** `at`: the path to the value, e.g. `filter/text`. */
  scalar(name: string, at: string): unknown;
}

export const sampled = (args: readonly GraphQLArgument[], sample: Sample): Record<string, unknown> =>
  Object.fromEntries(args.map(({ name, type }) => [name, valueOf(type, name, sample)]));

function valueOf(type: GraphQLInputType, at: string, sample: Sample): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, at, sample);
  if (isListType(type)) return [valueOf(type.ofType, `${at}/0`, sample)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields()).map((field) => [
        field.name,
        valueOf(field.type, `${at}/${field.name}`, sample),
      ]),
    );
  return sample.scalar(type.name, at);
}
