/** The grid as data: which rows it has under a filter, and what a cell says. */
import {
  explainCell,
  isGrant,
  actionTarget,
  naturally,
  targetOf,
  TOOL_CLASSES,
  type CellExplanation,
  type PolicyCell,
  type PolicyDocument,
  type PolicyTool,
} from '@reeve/policy';

export type Grouping = 'none' | 'class' | 'server';

export interface GridFilter {
  readonly q: string;
  readonly classes: readonly PolicyTool['class'][];
  readonly grouping: Grouping;
}

/** A tool, or an action on a type of resources: then `server` is the type. */
export type RowDefinition = Pick<PolicyTool, 'class' | 'server' | 'description'>;

/** A group's row stands for its tools: what is done to it is done to them. */
export type GridRow =
  | { readonly kind: 'tool'; readonly key: string; readonly tool: string; readonly definition: RowDefinition }
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly label: string;
      readonly tools: readonly string[];
    };

export function gridRows(document: PolicyDocument, { q, classes, grouping }: GridFilter): GridRow[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const tools = targets(document)
    .filter(([, tool]) => classes.length === 0 || classes.includes(tool.class))
    .filter(([name, tool]) => {
      const text = `${name} ${tool.server} ${tool.description}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  const row = ([tool, definition]: [string, RowDefinition]): GridRow => ({
    kind: 'tool',
    key: toolKey(tool),
    tool,
    definition,
  });
  if (grouping === 'none') return tools.map(row);

  const groups = new Map<string, [string, RowDefinition][]>();
  for (const entry of tools) {
    const label = grouping === 'class' ? entry[1].class : entry[1].server;
    groups.set(label, [...(groups.get(label) ?? []), entry]);
  }
  const order = (label: string) =>
    grouping === 'class' ? TOOL_CLASSES.indexOf(label as PolicyTool['class']) : 0;
  return [...groups]
    .sort(([a], [b]) => order(a) - order(b) || naturally(a, b))
    .flatMap(([label, members]) => [
      { kind: 'group' as const, key: `group ${label}`, label, tools: members.map(([tool]) => tool) },
      ...members.map(row),
    ]);
}

/** The rows there are: the actions of types behind the tools. */
const targets = ({ tools, resourceTypes }: PolicyDocument): [string, RowDefinition][] => [
  ...Object.entries(tools),
  ...Object.entries(resourceTypes).flatMap(([type, { actions }]) =>
    Object.entries(actions).map(([action, { class: actionClass, title }]): [string, RowDefinition] => [
      actionTarget(type, action),
      { class: actionClass, server: type, description: title },
    ]),
  ),
];

export const toolKey = (tool: string): string => `tool ${tool}`;

export type Explain = (role: string, tool: string) => CellExplanation;

/** `explainCell` for a whole grid: the cells are sorted by tool once, an answer is given once. */
export function explainer(document: PolicyDocument): Explain {
  const byTool = new Map<string, PolicyCell[]>();
  for (const cell of document.cells) {
    const target = targetOf(cell);
    const others = byTool.get(target);
    if (others === undefined) byTool.set(target, [cell]);
    else others.push(cell);
  }
  const answers = new Map<string, CellExplanation>();
  return (role, tool) => {
    const key = `${role}\n${tool}`;
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = explainCell({ ...document, cells: byTool.get(tool) ?? [] }, role, tool);
      answers.set(key, answer);
    }
    return answer;
  };
}

/** Of a group's tools, how many this role may use in some way. */
export const grantedIn = (explain: Explain, role: string, tools: readonly string[]): number =>
  tools.filter((tool) => isGrant(explain(role, tool).effective?.effect)).length;
