/**
 * CASL selects, CEL decides (docs/adr/0002): which cells of the matrix concern these roles and this target is CASL's
 * answer; whether the one at hand applies is the answer of the sentence in it.
 *
 * CASL lets the last declared rule win, so cells are declared in the opposite order of that in which they are asked,
 * once. A condition that has no answer: a denial counts as a match; what would permit leaves it to another cell of its
 * effect to permit, and else denies, whatever a weaker cell says.
 */
import { Ability, type ConditionsMatcher, type RawRuleOf } from '@casl/ability';
import { inOrderAsked, STRENGTH, type PolicyCell } from './cell.js';
import type { Condition } from '../expressions/cel/condition.js';
import type { Question } from './question.js';
import { targetOf } from './target.js';

export interface CompiledCell {
  readonly cell: PolicyCell;
  readonly condition: Condition | null;
}

type Cells = Ability<[string, Question | string], CompiledCell>;

/** The permissions of a set of roles: the cells of all of them. */
export interface Permissions {
  /** The roles and all they inherit. */
  readonly roles: readonly string[];
  /** The number of them. */
  readonly cells: number;
  /** The cell that decides, or null: no cell applies. Enforcement always asks with an instance, never with a type. */
  cellFor(question: Question): PolicyCell | null;
}

const CALL = 'tools/call';

export function permissionsOf(roles: readonly string[], cells: readonly CompiledCell[]): Permissions {
  const rules = cells
    .toSorted((a, b) => inOrderAsked(b.cell, a.cell))
    .map((compiled): RawRuleOf<Cells> => ({
      action: CALL,
      subject: targetOf(compiled.cell),
      inverted: compiled.cell.effect === 'deny',
      conditions: compiled,
    }));
  const ability: Cells = new Ability(rules, {
    conditionsMatcher: matcher,
    detectSubjectType: (question) => question.about.name,
    // CASL's magic words would otherwise be names a tool could have: "manage", "all".
    anyAction: '*',
    anySubjectType: '*',
  });
  return {
    roles,
    cells: cells.length,
    cellFor(question) {
      const applies = ability.relevantRuleFor(CALL, question)?.conditions?.cell ?? null;
      const { unanswered } = question;
      if (unanswered === null || applies === null) return applies ?? unanswered;
      return STRENGTH[unanswered.effect] > STRENGTH[applies.effect] ? unanswered : applies;
    },
  };
}

const matcher: ConditionsMatcher<CompiledCell> =
  ({ cell, condition }) =>
  (instance) => {
    if (condition === null) return true;
    const question = instance as Question;
    const answer = condition.ask(question, question.meter);
    if (answer !== undefined) return answer;
    question.unanswered ??= cell;
    return cell.effect === 'deny';
  };
