/**
 * The cost a query may have before it runs: each field is 1, a list costs what it may return, JSON what it weighs, a
 * change what it holds up. What weighs more than its fields says so where it is declared: `complexity`, on top of the
 * rest.
 */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';
import { JSONValue } from './scalars.js';

export const COST_MAX = 20_000;
/** Beyond the price of its fields. */
export const COST = {
  /** A whole policy, read and answered: some megabytes at the most, so two at a time. */
  policy: 9_000,
  /** What a publish or a review holds of two, beside the edits that are sent. */
  publication: 8_000,
  /** Somebody's edits to one. */
  draft: 2_000,
  /** The arguments of one question: a body of 1 MB at the most, kilobytes mostly. */
  evidence: 200,
} as const;
/** Any other JSON, which is of one row. */
const JSON_FIELD = 4;
/** A mutation takes a place in a tenant's order. */
const MUTATION = 500;
/** Of JSON that is sent: a variable is as heavy each time that it is used. */
const BYTES_PER_UNIT = 100;
/** The length a list without a `first` is taken to have. */
const LIST = 10;
/** One of the schema's own, so that the standard introspection query passes and one that goes round does not. */
const LIST_OF_SCHEMA = 4;

/** Throws an error with code TOO_COMPLEX. */
export function refuseCostly(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Record<string, unknown>,
): void {
  const cost = costOf(schema, query, variables);
  if (cost <= COST_MAX) return;
  throw new GraphQLError(
    `This query may cost ${cost}; ${COST_MAX} is the most. Ask for fewer rows, fields or documents.`,
    {
      extensions: { code: 'TOO_COMPLEX', details: { cost, limit: COST_MAX } },
    },
  );
}

export const costOf = (
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Record<string, unknown>,
): number => getComplexity({ schema, query, variables, estimators: [estimator(schema)] });

function estimator(schema: GraphQLSchema): ComplexityEstimator {
  const weigh = weigher();
  return ({ type, field, args, childComplexity }) => {
    const given = args as Readonly<Record<string, unknown>>;
    return (
      1 +
      ownCost(field) +
      (type === schema.getMutationType() ? MUTATION : 0) +
      sentJson(field, given).reduce<number>((sum, value) => sum + weigh(value), 0) +
      rowsOf(type.name, field, given) * childComplexity
    );
  };
}

function ownCost({ type, extensions }: GraphQLField<unknown, unknown>): number {
  const declared = extensions['complexity'];
  if (typeof declared === 'number') return declared;
  return getNamedType(type).name === JSONValue.name ? JSON_FIELD : 0;
}

/** The number of times what is below a field may be answered. */
function rowsOf(
  parent: string,
  { type }: GraphQLField<unknown, unknown>,
  { first }: Readonly<Record<string, unknown>>,
): number {
  if (typeof first === 'number') return Math.max(1, first);
  const list = isNonNullType(type) ? type.ofType : type;
  // A connection was multiplied by its own `first` already.
  if (!isListType(list) || !isCompositeType(getNamedType(type)) || parent.endsWith('Connection')) return 1;
  return parent.startsWith('__') ? LIST_OF_SCHEMA : LIST;
}

const sentJson = (
  { args }: GraphQLField<unknown, unknown>,
  given: Readonly<Record<string, unknown>>,
): unknown[] =>
  args
    .filter(({ type }) => getNamedType(type).name === JSONValue.name)
    .flatMap(({ name }) => given[name])
    .filter((value) => value !== undefined);

/** Weighs the same variable once, however many fields are given it. */
function weigher(): (value: unknown) => number {
  const known = new Map<unknown, number>();
  return (value) => {
    let weight = known.get(value);
    if (weight === undefined) {
      weight = Math.ceil(bytesOf(value) / BYTES_PER_UNIT);
      known.set(value, weight);
    }
    return weight;
  };
}

function bytesOf(value: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(value));
  } catch {
    return 0; // nested deeper than the stack is: the guard of inputs refuses it, and says where
  }
}
