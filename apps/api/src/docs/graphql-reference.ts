/** The GraphQL schema as one page that a browser can search: every type once, every mention a link to it. */
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql';
import { escape, page } from './page.js';

export function graphqlReference(schema: GraphQLSchema): string {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const rest = types.filter((type) => !roots.includes(type as (typeof roots)[number]));
  const groups: readonly (readonly [string, readonly GraphQLNamedType[]])[] = [
    ['Operations', roots.filter((type) => type != null)],
    ['Types', rest.filter((type) => !isInputObjectType(type) && !isEnumType(type))],
    ['Inputs', rest.filter(isInputObjectType)],
    ['Enums', rest.filter(isEnumType)],
  ];
  const shown = groups.filter(([, members]) => members.length > 0);
  return page(
    'GraphQL',
    `<div class="columns">
<nav aria-label="Types">${shown.map(([title, members]) => `<h2>${title}</h2><ul>${members.map((type) => `<li>${link(type)}</li>`).join('')}</ul>`).join('')}</nav>
<main><h1>GraphQL at <code>/graphql</code></h1>
<p>For members by their session, for automation by a management key (<code>authorization: Bearer rvk_mgmt_…</code>). Every change takes a reason, and the version it saw.</p>
${shown.flatMap(([, members]) => members.map(section)).join('\n')}</main>
</div>`,
  );
}

const link = (type: GraphQLNamedType): string => `<a href="#${type.name}"><code>${type.name}</code></a>`;

function section(type: GraphQLNamedType): string {
  return `<section id="${type.name}"><h2>${type.name}</h2>${words(type)}${inside(type)}</section>`;
}

function inside(type: GraphQLNamedType): string {
  if (isObjectType(type) || isInterfaceType(type)) return fields(Object.values(type.getFields()));
  if (isInputObjectType(type)) return fields(Object.values(type.getFields()));
  if (isUnionType(type)) return `<p>One of ${type.getTypes().map(link).join(', ')}</p>`;
  if (isEnumType(type))
    return `<dl>${type
      .getValues()
      .map((value) => `<dt><code>${escape(value.name)}</code></dt>${described(value)}`)
      .join('')}</dl>`;
  return '';
}

const fields = (all: readonly (GraphQLField<unknown, unknown> | GraphQLInputField)[]): string =>
  `<dl>${all
    .map((field) => {
      const args = 'args' in field && field.args.length > 0 ? `(${field.args.map(argument).join(', ')})` : '';
      return `<dt><code>${escape(field.name)}${args}: ${typed(field.type)}</code></dt>${described(field)}`;
    })
    .join('')}</dl>`;

const argument = ({ name, type }: GraphQLArgument): string => `${escape(name)}: ${typed(type)}`;

/** `[Tool!]!` with Tool as the link. */
function typed(type: GraphQLType): string {
  const { name } = getNamedType(type);
  return escape(String(type)).replace(name, `<a href="#${name}">${name}</a>`);
}

const described = ({ description }: { description?: string | null | undefined }): string =>
  description ? `<dd>${escape(description)}</dd>` : '';
const words = ({ description }: GraphQLNamedType): string =>
  description ? `<p>${escape(description)}</p>` : '';
