/** The way a change goes: whether agents may do more after it. What nobody can tell is not called narrow. */
import type { Answers } from '../matrix/answer.js';

/** In the order in which a reviewer reads them. */
export const DIRECTIONS = ['widens', 'read_it_yourself', 'narrows', 'neutral'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The two documents a change lies between, as far as a kind asks about them. */
export interface Between {
  readonly was: Answers;
  readonly is: Answers;
  /** True where a condition may look at a subject's roles, or at what a tool is. */
  mentions(what: 'roles' | 'tool'): boolean;
  /** True where it is there after the change: nothing can be widened for what is gone. */
  knows(kind: 'tool' | 'assistant' | 'resourceType', name: string): boolean;
  /** The same of what a cell is about (matrix/target.ts). */
  knowsTarget(target: string): boolean;
  /** True where a quota counted what these roles did. */
  counted(roles: readonly string[]): boolean;
}

/** One direction of several: what widens anywhere widens. */
export function together(directions: readonly Direction[]): Direction {
  return DIRECTIONS.find((one) => directions.includes(one)) ?? 'neutral';
}

/** `after` lets through what is on it. */
export function ofLists(before: readonly string[], after: readonly string[]): Direction {
  const was = new Set(before);
  const is = new Set(after);
  if (after.some((one) => !was.has(one))) return 'widens';
  return before.some((one) => !is.has(one)) ? 'narrows' : 'neutral';
}
