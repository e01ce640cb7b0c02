/**
 * The answer of a role for a target (target.ts), all it inherits included, as far as it can be said before anybody asks.
 *
 * An answer is three sets of conditions: when it is denied, else allowed, else asked for. What cannot matter is not in
 * it (behind a denial without a condition there is nothing), so two answers are equal if and only if every set of roles
 * gets the same decisions by either.
 */
import { cellCondition, inOrderAsked, isNever, type PolicyCell } from './cell.js';
import { withInherited, type Heirs } from './inheritance.js';
import { targetOf } from './target.js';

/** `true`: always. Else the conditions of which one has to hold; none is never. */
type When = true | ReadonlySet<string>;

export interface Answer {
  /** Of the first cell that is asked. `none`: no grant. */
  readonly effect: PolicyCell['effect'] | 'none';
  /** The cells that can decide, in the order in which they are asked. */
  readonly cells: readonly PolicyCell[];
}

export interface Reach {
  readonly deny: When;
  readonly allow: When;
  readonly approve: When;
}

const NO_GRANT: Answer = { effect: 'none', cells: [] };
const NEVER: ReadonlySet<string> = new Set();

/** A policy's matrix: its cells, and which roles have those of which. */
export interface Matrix {
  readonly roles: Heirs;
  readonly cells: readonly PolicyCell[];
}

/** The answers of one document, each role's closure and cells looked up once. */
export class Answers {
  private readonly byRole = new Map<string, Map<string, PolicyCell>>();
  private readonly closures = new Map<string, readonly string[]>();
  /** Of one cell alone: whoever inherits it has the very same answer. */
  private readonly alone = new Map<PolicyCell, Answer>();

  constructor(private readonly matrix: Matrix) {
    for (const cell of matrix.cells) {
      let cells = this.byRole.get(cell.role);
      if (cells === undefined) this.byRole.set(cell.role, (cells = new Map()));
      cells.set(targetOf(cell), cell);
    }
  }

  /** The role and all it inherits; none of a role that is not there. */
  closure(role: string): readonly string[] {
    let closure = this.closures.get(role);
    if (closure === undefined) this.closures.set(role, (closure = withInherited(this.matrix.roles, [role])));
    return closure;
  }

  /** The targets a role has cells of its own for. */
  targetsOf(role: string): Iterable<string> {
    return this.byRole.get(role)?.keys() ?? [];
  }

  cellsOf(role: string): Iterable<PolicyCell> {
    return this.byRole.get(role)?.values() ?? [];
  }

  answer(role: string, target: string): Answer {
    const cells: PolicyCell[] = [];
    for (const one of this.closure(role)) {
      const cell = this.byRole.get(one)?.get(target);
      if (cell !== undefined && !isNever(cell)) cells.push(cell);
    }
    return cells.length === 1 ? this.answerOfOne(cells[0]!) : answerOf(cells);
  }

  private answerOfOne(cell: PolicyCell): Answer {
    let answer = this.alone.get(cell);
    if (answer === undefined) this.alone.set(cell, (answer = answerOf([cell])));
    return answer;
  }
}

/** The answer that these cells give together. */
export function answerOf(cells: readonly PolicyCell[]): Answer {
  const asked = cells.length === 1 ? cells : cells.toSorted(inOrderAsked);
  const last = asked.findIndex((cell) => cellCondition(cell) === null);
  const deciding = last < 0 ? asked : asked.slice(0, last + 1);
  return deciding.length === 0 ? NO_GRANT : { effect: deciding[0]!.effect, cells: deciding };
}

export function reachOf({ cells }: Answer): Reach {
  const of = (effect: PolicyCell['effect']): When => {
    const conditions = cells.filter((cell) => cell.effect === effect).map(cellCondition);
    if (conditions.length === 0) return NEVER;
    return conditions.includes(null) ? true : new Set(conditions as string[]);
  };
  return { deny: of('deny'), allow: of('allow'), approve: of('approve') };
}

export function sameAnswer(a: Answer, b: Answer): boolean {
  if (a.cells.length === 0 || b.cells.length === 0) return a.cells.length === b.cells.length;
  if (a.cells.length === 1 && b.cells.length === 1)
    return a.effect === b.effect && cellCondition(a.cells[0]!) === cellCondition(b.cells[0]!);
  const [left, right] = [reachOf(a), reachOf(b)];
  return (['deny', 'allow', 'approve'] as const).every(
    (effect) => !grows(left[effect], right[effect]) && !grows(right[effect], left[effect]),
  );
}

/** True where `after` holds somewhere where `before` may not. */
export function grows(before: When, after: When): boolean {
  if (before === true) return false;
  if (after === true) return true;
  for (const condition of after) if (!before.has(condition)) return true;
  return false;
}

export const joined = (a: When, b: When): When =>
  a === true || b === true ? true : a.size === 0 ? b : b.size === 0 ? a : new Set([...a, ...b]);
