/**
 * The effects of a change on what a policy does: every role and tool whose effective answer is another one, whoever it
 * is inherited from, and everything else that changed. What a reviewer answers for is this, not the edits.
 */
import type { PolicyDocument } from '../document/policy-document.js';
import { diffPolicies, type PolicyChange } from '../document/diff.js';
import { sameAnswer, type Answer } from '../matrix/answer.js';
import { Between, directionOf } from './direction.js';
import { DIRECTIONS, type Direction } from '../document/direction.js';
import { ofAnswer } from '../document/kinds/cell.js';
import { counts } from '../document/kinds/quota.js';
import { classOf, targetOf, targetsOf } from '../matrix/target.js';
import { naturally } from '../natural-order.js';

/** A role's answer for a tool is another one. */
export interface PermissionEffect {
  readonly kind: 'permission';
  readonly direction: Direction;
  readonly role: string;
  /** As targets are called: a tool, or `record:write`. */
  readonly tool: string;
  readonly before: Answer;
  readonly after: Answer;
  /** The role whose cell it is, when it is not this role's own. */
  readonly inheritedFrom: string | null;
}

/** The class of a tool or an action is another one, so a quota on a class counts it, or does so no more. */
export interface CountingEffect {
  readonly kind: 'counting';
  readonly direction: Direction;
  readonly quota: string;
  readonly tool: string;
  readonly counts: boolean;
}

/** Something changed that is no cell, or a cell that decides nothing for its role. */
export interface ChangeEffect {
  readonly kind: 'change';
  readonly direction: Direction;
  readonly change: PolicyChange;
}

export type PolicyEffect = PermissionEffect | CountingEffect | ChangeEffect;

/** Widening first, then what has to be read, then the rest. */
export function effectsOf(
  before: PolicyDocument,
  after: PolicyDocument,
  changes: readonly PolicyChange[] = diffPolicies(before, after),
): PolicyEffect[] {
  const between = new Between(before, after);
  const permissions = permissionEffects(between, changes);
  const decided = new Set(permissions.map(({ role, tool }) => pair(role, tool)));
  const effects: PolicyEffect[] = [...permissions];
  for (const change of changes) {
    if (change.kind !== 'cell') {
      effects.push({ kind: 'change', direction: directionOf(change, between), change });
      effects.push(...countingEffects(change, between));
    } else {
      const cell = (change.after ?? change.before)!;
      if (!decided.has(pair(cell.role, targetOf(cell))))
        effects.push({ kind: 'change', direction: 'neutral', change });
    }
  }
  return DIRECTIONS.flatMap((direction) => effects.filter((effect) => effect.direction === direction));
}

/** Only what the changes can touch is asked: the heirs of a changed role, the tools it or its ancestors have cells for. */
function permissionEffects(between: Between, changes: readonly PolicyChange[]): PermissionEffect[] {
  const { was, is } = between;
  const heirs = heirsOf(between);
  const touched = new Map<string, Set<string>>();
  const touch = (role: string, tool: string) => {
    const tools = touched.get(role);
    if (tools === undefined) touched.set(role, new Set([tool]));
    else tools.add(tool);
  };
  for (const change of changes) {
    if (change.kind === 'cell') {
      const cell = (change.after ?? change.before)!;
      for (const heir of heirs.get(cell.role) ?? []) touch(heir, targetOf(cell));
    } else if (change.kind === 'role') {
      for (const heir of heirs.get(change.name) ?? []) {
        const [had, has] = [was.closure(heir), is.closure(heir)];
        for (const role of had)
          if (!has.includes(role)) for (const tool of was.targetsOf(role)) touch(heir, tool);
        for (const role of has)
          if (!had.includes(role)) for (const tool of is.targetsOf(role)) touch(heir, tool);
      }
    }
  }

  const effects: PermissionEffect[] = [];
  const judge = judgeOf(between);
  for (const role of [...touched.keys()].sort(naturally))
    for (const tool of [...touched.get(role)!].sort(naturally)) {
      const before = was.answer(role, tool);
      const after = is.answer(role, tool);
      const direction = judge(before, after, tool);
      if (direction === null) continue;
      effects.push({
        kind: 'permission',
        direction,
        role,
        tool,
        before,
        after,
        inheritedFrom: sourceOf(role, after, before),
      });
    }
  return effects;
}

/** The way from one answer to another, null when they are the same; heirs share their answers, so each way is found once. */
function judgeOf(between: Between): (before: Answer, after: Answer, tool: string) => Direction | null {
  const judged = new Map<Answer, Map<Answer, Direction | null>>();
  return (before, after, tool) => {
    const known = judged.get(before)?.get(after);
    if (known !== undefined) return known;
    const way = !between.knowsTarget(tool) ? 'narrows' : ofAnswer(before, after);
    const direction = sameAnswer(before, after) ? null : way;
    const ways = judged.get(before);
    if (ways === undefined) judged.set(before, new Map([[after, direction]]));
    else ways.set(after, direction);
    return direction;
  };
}

/** The role whose cell makes the difference: the one that decides now, or the one that did. */
function sourceOf(role: string, ...[after, before]: readonly Answer[]): string | null {
  const cell = after?.cells[0] ?? before?.cells[0];
  return cell === undefined || cell.role === role ? null : cell.role;
}

function heirsOf({ before, after, was, is }: Between): ReadonlyMap<string, ReadonlySet<string>> {
  const heirs = new Map<string, Set<string>>();
  const note = (role: string, closure: readonly string[]) => {
    for (const ancestor of closure) {
      const known = heirs.get(ancestor);
      if (known === undefined) heirs.set(ancestor, new Set([role]));
      else known.add(role);
    }
  };
  for (const role of Object.keys(before.roles)) note(role, was.closure(role));
  for (const role of Object.keys(after.roles)) note(role, is.closure(role));
  return heirs;
}

function countingEffects(change: PolicyChange, { before, after }: Between): CountingEffect[] {
  return reclassed(change, before, after).flatMap((target) => {
    const [was, is] = [classOf(before, target), classOf(after, target)];
    const on = (document: PolicyDocument, toolClass: typeof is) =>
      Object.keys(document.quotas).filter(
        (name) =>
          document.quotas[name]?.toolClass !== undefined && counts(document.quotas[name], target, toolClass),
      );
    const effect = (quota: string, counted: boolean): CountingEffect => ({
      kind: 'counting',
      direction: counted ? 'narrows' : is === 'human_only' ? 'neutral' : 'widens',
      quota,
      tool: target,
      counts: counted,
    });
    return [
      ...on(before, was).map((quota) => effect(quota, false)),
      ...on(after, is).map((quota) => effect(quota, true)),
    ];
  });
}

/** The targets that a change gives another class. */
function reclassed(change: PolicyChange, before: PolicyDocument, after: PolicyDocument): string[] {
  const { kind, name } = change;
  const targets =
    kind === 'tool'
      ? [name]
      : kind === 'resourceType'
        ? targetsOf({ tools: {}, resourceTypes: { [name]: change.before ?? { actions: {} } } })
        : [];
  return targets.filter((target) => {
    const [was, is] = [classOf(before, target), classOf(after, target)];
    return was !== null && is !== null && was !== is;
  });
}

const pair = (role: string, tool: string): string => `${role}\n${tool}`;
