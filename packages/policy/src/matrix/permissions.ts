/**
 * CASL selects, CEL decides (docs/adr/0002): which cells of the matrix concern these roles and this tool is CASL's
 * answer; whether the one at hand applies is the answer of the sentence in it.
 *
 * CASL lets the last declared rule win, so cells are declared approve < allow < deny, once. Within an effect a cell
 * without a condition is asked first, then by name: the answer depends on no one's order of typing. A condition that
 * has no answer counts as a match, and the finding says so: no cell is skipped because it is broken.
 */
import { Ability, type ConditionsMatcher, type RawRuleOf } from '@casl/ability';
import type { PolicyCell } from '../contract/policy-document.js';
import type { Condition } from './cel.js';
import type { Question } from './question.js';

export interface CompiledCell {
  readonly cell: PolicyCell;
  readonly condition: Condition | null;
}

type Cells = Ability<[string, Question | string], CompiledCell>;

/** What a set of roles may do: the cells of all of them. */
export interface Permissions {
  /** The roles and all they inherit. */
  readonly roles: readonly string[];
  /** The cell that decides, or null: no cell applies. Enforcement always asks with an instance, never with a type. */
  cellFor(question: Question): PolicyCell | null;
}

const CALL = 'tools/call';
const STRENGTH = { approve: 0, allow: 1, deny: 2 } as const;

export function permissionsOf(roles: readonly string[], cells: readonly CompiledCell[]): Permissions {
  const rules = cells.toSorted(weakestFirst).map((compiled): RawRuleOf<Cells> => ({
    action: CALL,
    subject: compiled.cell.tool,
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
  return { roles, cellFor: (question) => ability.relevantRuleFor(CALL, question)?.conditions?.cell ?? null };
}

const matcher: ConditionsMatcher<CompiledCell> =
  ({ condition }) =>
  (instance) => {
    if (condition === null) return true;
    const question = instance as Question;
    const answer = condition.ask(question, question.meter);
    // The first match ends the search, so this is about the cell that decides.
    if (answer === undefined) question.unanswerable = true;
    return answer !== false;
  };

function weakestFirst(a: CompiledCell, b: CompiledCell): number {
  return (
    STRENGTH[a.cell.effect] - STRENGTH[b.cell.effect] ||
    Number(a.condition === null) - Number(b.condition === null) ||
    (a.cell.role < b.cell.role ? -1 : 1)
  );
}
