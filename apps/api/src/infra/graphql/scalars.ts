/** The two scalars of the schema. */
import { isHeld } from '@reeve/policy';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { readInstant } from '../instant.js';

export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'ISO-8601 UTC.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => (value as Date).toISOString(),
  parseValue: instant,
  parseLiteral: (node) => instant(node.kind === Kind.STRING ? node.value : undefined),
});

function instant(value: unknown): Date {
  const read = readInstant(typeof value === 'string' ? value : '');
  if (read instanceof Date) return read;
  throw new GraphQLError(read);
}

export const JSONValue = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => literal(node, variables ?? {}),
});

function literal(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  switch (node.kind) {
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map((field) => [field.name.value, literal(field.value, variables)]),
      );
    case Kind.LIST:
      return node.values.map((value) => literal(value, variables));
    case Kind.INT:
    case Kind.FLOAT:
      if (isHeld(node.value)) return Number(node.value);
      throw new GraphQLError(`${node.value} is a number that a double cannot hold: send it as a string`, {
        nodes: node,
        extensions: { code: 'BAD_USER_INPUT' },
      });
    case Kind.NULL:
      return null;
    case Kind.VARIABLE:
      return variables[node.name.value];
    default:
      return node.value;
  }
}
