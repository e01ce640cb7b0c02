/** What differs between two documents: what a reviewer reads before a publish, and the way back after one. */
import type { PolicyCell, PolicyDocument, PolicyEdit } from '../contract/policy-document.js';
import type { Json } from '../vocabulary.js';
import { cellKey } from './edits.js';

type Value = {
  readonly [kind in PolicyEdit['kind']]: NonNullable<Extract<PolicyEdit, { kind: kind }>['value']>;
} & {
  readonly cell: PolicyCell;
};

/** One thing that differs. `before` is null for an added one, `after` for a removed one. A cell is called `role/tool`. */
export type PolicyChange = {
  readonly [kind in PolicyEdit['kind']]: {
    readonly kind: kind;
    readonly name: string;
    readonly before: Value[kind] | null;
    readonly after: Value[kind] | null;
  };
}[PolicyEdit['kind']];

const RECORDS = {
  tool: 'tools',
  role: 'roles',
  guardrail: 'guardrails',
  quota: 'quotas',
  assistant: 'assistants',
} as const;

export function diffPolicies(before: PolicyDocument, after: PolicyDocument): PolicyChange[] {
  const changes = (Object.keys(RECORDS) as (keyof typeof RECORDS)[]).flatMap((kind) =>
    differing(
      kind,
      new Map(Object.entries(before[RECORDS[kind]])),
      new Map(Object.entries(after[RECORDS[kind]])),
      (name) => name,
    ),
  );
  const cells = differing('cell', cellsOf(before), cellsOf(after), (_, { role, tool }) => `${role}/${tool}`);
  return [...changes, ...cells] as PolicyChange[];
}

/** The edits that make `after` of `before`. */
export function editsFrom(changes: readonly PolicyChange[]): PolicyEdit[] {
  return changes.map((change) => {
    if (change.kind !== 'cell')
      return { kind: change.kind, name: change.name, value: change.after } as PolicyEdit;
    const { role, tool } = (change.after ?? change.before) as PolicyCell;
    return { kind: 'cell', role, tool, value: change.after && cellValue(change.after) };
  });
}

/** The edits that make `before` of `after` again. */
export function editsBack(changes: readonly PolicyChange[]): PolicyEdit[] {
  return editsFrom(
    changes.map((change) => ({ ...change, before: change.after, after: change.before }) as PolicyChange),
  );
}

const cellValue = ({ role: _, tool: __, ...value }: PolicyCell): Omit<PolicyCell, 'role' | 'tool'> => value;

const cellsOf = ({ cells }: PolicyDocument): Map<string, PolicyCell> =>
  new Map(cells.map((cell) => [cellKey(cell), cell]));

function differing<T>(
  kind: PolicyEdit['kind'],
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  nameOf: (key: string, value: T) => string,
) {
  // Sorted when they are few: most of a large matrix is as it was.
  const keys = [
    ...[...after.keys()].filter((key) => !same(before.get(key) ?? null, after.get(key) ?? null)),
    ...[...before.keys()].filter((key) => !after.has(key)),
  ].sort();
  return keys.map((key) => {
    const was = before.get(key) ?? null;
    const is = after.get(key) ?? null;
    return { kind, name: nameOf(key, (is ?? was) as T), before: was, after: is };
  });
}

/** Equal JSON: members in any order, an undefined one as absent. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as { readonly [member: string]: Json };
  const right = b as { readonly [member: string]: Json };
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((member) =>
    same(left[member], right[member]),
  );
}
