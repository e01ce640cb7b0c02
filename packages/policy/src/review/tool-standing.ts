/**
 * The standing of one tool: what every role may do with it, all it inherits included, and which quotas count its calls.
 */
import { counts, type PolicyQuota } from '../document/kinds/quota.js';
import type { PolicyDocument } from '../document/policy-document.js';
import { Answers, type Answer } from '../matrix/answer.js';
import { cellCondition, type PolicyCell } from '../matrix/cell.js';
import { classOf } from '../matrix/target.js';
import { mostGiven } from '../tool-class.js';
import type { ToolClass } from '../vocabulary.js';

export interface ToolStanding {
  /** Those that any cell speaks of, in the document's order; every other role is denied. */
  readonly roles: readonly {
    readonly role: string;
    readonly effect: PolicyCell['effect'];
    readonly conditional: boolean;
    /** The role whose cell is asked first, where it is not its own. */
    readonly inheritedFrom: string | null;
  }[];
  readonly quotas: readonly (PolicyQuota & { readonly name: string })[];
}

/** For each tool that is asked for; the document is sorted once. */
export function toolStandings(document: PolicyDocument): (tool: string) => ToolStanding {
  const answers = new Answers(document);
  return (tool) => {
    const toolClass = classOf(document, tool);
    return {
      roles: Object.keys(document.roles).flatMap((role) => {
        const { effect, cells } = answers.answer(role, tool);
        if (effect === 'none') return [];
        return {
          role,
          effect: ofClass(effect, toolClass),
          conditional: cells.some((cell) => cellCondition(cell) !== null),
          inheritedFrom: cells[0]!.role === role ? null : cells[0]!.role,
        };
      }),
      quotas: Object.entries(document.quotas)
        .filter(([, quota]) => counts(quota, tool, toolClass))
        .map(([name, quota]) => ({ name, ...quota })),
    };
  };
}

/** True where somebody with this answer may use the tool in some way. */
export const isGrant = (effect: Answer['effect'] | undefined): boolean =>
  effect === 'allow' || effect === 'approve';

/** The effect on a tool of this class: what is allowed of a human-only one waits for a person. */
export const ofClass = <Effect extends Answer['effect']>(
  effect: Effect,
  toolClass: ToolClass | null,
): Effect | 'approve' => (effect === 'allow' && mostGiven(toolClass) === 'approve' ? 'approve' : effect);
