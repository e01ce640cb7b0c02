import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { BREAK, type GraphQLResolveInfo, visit } from 'graphql';

/** Whether the query asks for a field of this name, at any depth: for what is costly to have ready. */
export const Requested = createParamDecorator((name: string, context: ExecutionContext): boolean => {
  const { fieldNodes, fragments } = GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>();
  let found = false;
  const seen = new Set<string>();
  const look = (node: Parameters<typeof visit>[0]): void => {
    visit(node, {
      Field(field) {
        if (field.name.value !== name) return undefined;
        found = true;
        return BREAK;
      },
      FragmentSpread({ name: { value } }) {
        if (!seen.has(value) && fragments[value] !== undefined) {
          seen.add(value);
          look(fragments[value]);
        }
      },
    });
  };
  fieldNodes.forEach(look);
  return found;
});
