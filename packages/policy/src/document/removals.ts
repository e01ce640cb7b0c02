/** Changes of a thing that leave a draft which makes sense: what names it, or was granted of it, follows. */
import { mostGiven } from '../tool-class.js';
import type { Entry } from './kind.js';
import { entriesOf, KIND_NAMES, KINDS, type KindName, type NamedKind, type Values } from './kinds.js';
import { targetOf } from '../matrix/target.js';
import { cellKey } from '../matrix/cell.js';
import type { PolicyResourceType } from './kinds/resource-type.js';
import type { PolicyTool } from './kinds/tool.js';
import type { PolicyDocument, PolicyEdit } from './policy-document.js';

/** The edits that remove it, and before them those that take its name out of everything else. */
export function removal(document: PolicyDocument, kind: NamedKind, name: string): PolicyEdit[] {
  const edits = KIND_NAMES.flatMap((one) => withoutName(one, entriesOf(document, one), kind, name));
  return [...edits, { kind, name, value: null }];
}

function withoutName<K extends KindName>(
  kind: K,
  entries: readonly Entry<Values[K]>[],
  gone: NamedKind,
  name: string,
): PolicyEdit[] {
  const { references, without, editOf, nameOf } = KINDS[kind];
  return entries.flatMap(([key, before]) => {
    const reference = references?.(before).find((one) => one.kind === gone && one.name === name);
    if (reference === undefined || (kind === gone && key === name)) return [];
    return [editOf({ name: nameOf(key), before, after: without?.(before, reference) ?? null })];
  });
}

/** The edits that make a thing what it is to be, new or not, and those that follow from it. */
export function change<K extends NamedKind>(
  document: PolicyDocument,
  kind: K,
  name: string,
  value: Values[K],
): PolicyEdit[] {
  return (
    FOLLOWED[kind]?.(document, name, value) ?? [KINDS[kind].editOf({ name, before: null, after: value })]
  );
}

/** A tool of another class: what was allowed of a tool that becomes human-only is asked for instead. */
export function changeTool(document: PolicyDocument, name: string, value: PolicyTool): PolicyEdit[] {
  const locked = lockedCells(document, name, value.class).map((cell) =>
    KINDS.cell.editOf({ name, before: cell, after: { ...cell, effect: 'approve' } }),
  );
  return [{ kind: 'tool', name, value }, ...locked];
}

/** A type with other actions: what names an action that goes, goes along; of one that becomes human-only, see above. */
export function changeResourceType(
  document: PolicyDocument,
  name: string,
  value: PolicyResourceType,
): PolicyEdit[] {
  const has = (action: string | undefined) => action !== undefined && Object.hasOwn(value.actions, action);
  const gone = document.cells
    .filter((one) => one.resourceType === name && !has(one.action))
    .map((before) => KINDS.cell.editOf({ name: cellKey(before), before, after: null }));
  const locked = Object.entries(value.actions).flatMap(([action, { class: toolClass }]) =>
    lockedCells(document, targetOf({ resourceType: name, action }), toolClass).map((cell) =>
      KINDS.cell.editOf({ name: cellKey(cell), before: cell, after: { ...cell, effect: 'approve' } }),
    ),
  );
  const idle = Object.entries(document.quotas)
    .filter(([, one]) => one.resourceType === name && one.action !== undefined && !has(one.action))
    .map(([quota, before]) => KINDS.quota.editOf({ name: quota, before, after: null }));
  return [{ kind: 'resourceType', name, value }, ...gone, ...locked, ...idle];
}

const FOLLOWED: {
  readonly [K in NamedKind]?: (document: PolicyDocument, name: string, value: Values[K]) => PolicyEdit[];
} = { tool: changeTool, resourceType: changeResourceType };

/** Roles whose Allow a class takes away: it becomes Ask. */
export const lockedBy = (document: PolicyDocument, target: string, next: PolicyTool['class']): string[] =>
  lockedCells(document, target, next).map(({ role }) => role);

const lockedCells = (
  { cells }: PolicyDocument,
  target: string,
  toolClass: PolicyTool['class'],
): PolicyDocument['cells'] =>
  mostGiven(toolClass) === 'allow'
    ? []
    : cells.filter((one) => targetOf(one) === target && one.effect === 'allow');
