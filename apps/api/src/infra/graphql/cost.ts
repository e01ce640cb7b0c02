/** What a query may cost before it runs: each field is 1, a list costs what it may return. */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';

export const COST_MAX = 20_000;
/** What a list without a `first` is taken to hold. */
const LIST = 10;
/** One of the schema's own, so that the standard introspection query passes and one that goes round does not. */
const LIST_OF_SCHEMA = 4;

const estimate: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  const named = isNonNullType(field.type) ? field.type.ofType : field.type;
  const { first } = args as { first?: unknown };
  if (typeof first === 'number') return 1 + Math.max(1, first) * childComplexity;
  // A connection was multiplied by its own `first` already.
  if (isListType(named) && isCompositeType(getNamedType(field.type)) && !type.name.endsWith('Connection'))
    return 1 + (type.name.startsWith('__') ? LIST_OF_SCHEMA : LIST) * childComplexity;
  return 1 + childComplexity;
};

/** Throws an error with code TOO_COMPLEX. */
export function refuseCostly(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Record<string, unknown>,
): void {
  const cost = getComplexity({ schema, query, variables, estimators: [estimate] });
  if (cost <= COST_MAX) return;
  throw new GraphQLError(
    `This query may cost ${cost}; ${COST_MAX} is the most. Ask for fewer rows or fields.`,
    {
      extensions: { code: 'TOO_COMPLEX', details: { cost, limit: COST_MAX } },
    },
  );
}
