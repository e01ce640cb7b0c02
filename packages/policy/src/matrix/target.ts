/**
 * The target of a cell: what it is about, and what is asked for. A tool, by its name; or an action on a type of
 * resources, `record:write`. No name holds a colon (contract/fields.ts), so the one is never taken for the other.
 */
import type { ToolClass } from '../vocabulary.js';

/** As it stands in a document: a tool, or a type with an action. */
export interface Place {
  readonly tool?: string | undefined;
  readonly resourceType?: string | undefined;
  readonly action?: string | undefined;
}

/** What a document says of targets. */
export interface Targets {
  readonly tools: Readonly<Record<string, { readonly class: ToolClass }>>;
  readonly resourceTypes: Readonly<
    Record<string, { readonly actions: Readonly<Record<string, { readonly class: ToolClass }>> }>
  >;
}

export const actionTarget = (resourceType: string, action: string): string => `${resourceType}:${action}`;

export const targetOf = ({ tool, resourceType = '', action = '' }: Place): string =>
  tool ?? actionTarget(resourceType, action);

/** Where such a target stands in a document. */
export function placeOf(target: string): { readonly tool: string } | ActionPlace {
  const colon = target.indexOf(':');
  return colon < 0
    ? { tool: target }
    : { resourceType: target.slice(0, colon), action: target.slice(colon + 1) };
}

interface ActionPlace {
  readonly resourceType: string;
  readonly action: string;
}

/** null: the document has no such target. */
export function classOf({ tools, resourceTypes }: Targets, target: string): ToolClass | null {
  const place = placeOf(target);
  if ('tool' in place) return own(tools, place.tool)?.class ?? null;
  const type = own(resourceTypes, place.resourceType);
  return (type && own(type.actions, place.action)?.class) ?? null;
}

/** All of a document: the actions of its types behind its tools. */
export const targetsOf = ({ tools, resourceTypes }: Targets): string[] => [
  ...Object.keys(tools),
  ...Object.entries(resourceTypes).flatMap(([type, { actions }]) =>
    Object.keys(actions).map((action) => actionTarget(type, action)),
  ),
];

/** What is asked for when somebody asks for it: a tool is called. */
export function asked(target: string): {
  readonly action: string;
  readonly resource: { readonly type: string; readonly id: string };
} {
  const place = placeOf(target);
  return 'tool' in place
    ? { action: 'tools/call', resource: { type: 'tool', id: place.tool } }
    : { action: place.action, resource: { type: place.resourceType, id: '' } };
}

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
