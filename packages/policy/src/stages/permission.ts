/** Do the subject's grants and the matrix let them, and does no guardrail forbid what is asked? */
import { approve, deny, passBecause, type Finding } from '../finding.js';
import type { CompiledGuardrail } from '../document/compile.js';
import { Question } from '../matrix/question.js';
import type { Stage } from '../stage.js';
import type { JsonObject } from '../vocabulary.js';

export const permission: Stage = {
  name: 'permission',
  question: "Do the subject's grants and the matrix let them, and does no guardrail forbid what is asked?",
  check(request, { policy, subject, now }, meter) {
    const target = policy.targetOf(request);
    if (target === undefined) return deny('unknown_tool', { tool: request.resource.id });
    if (subject === null) return deny('unknown_subject');

    const grant = Object.hasOwn(subject.grants, target.name) ? subject.grants[target.name] : undefined;
    if (grant === 'deny') return deny('denied_for_subject', { tool: target.name });

    const permissions = policy.permissionsOf(subject.roles);
    const question = new Question(request, target, permissions.roles, now, meter);
    const cell = permissions.cellFor(question);
    const granted = grant === 'allow' && cell?.effect !== 'deny';
    if (cell === null && !granted) return deny('no_grant', { tool: target.name });
    const because: JsonObject =
      cell === null || granted
        ? { tool: target.name, grant: 'allow' }
        : { effect: cell.effect, role: cell.role, tool: target.name };
    if (!granted && cell !== null && cell === question.unanswered)
      return deny('condition_unanswerable', because);
    if (!granted && cell?.effect === 'deny') return deny('denied_by_matrix', because);

    // Before anybody is asked to approve: what a guardrail forbids, nobody can approve.
    const objection = guardrailObjection(target.guardrails, question);
    if (objection !== null) return objection;
    if (target.class === 'human_only') return approve('human_only', because);
    return !granted && cell?.effect === 'approve'
      ? approve('approval_required', because)
      : passBecause(because);
  },
};

function guardrailObjection(guardrails: readonly CompiledGuardrail[], question: Question): Finding | null {
  for (const { name: guardrail, when, checks } of guardrails) {
    const applies = when === null ? true : when.ask(question, question.meter);
    if (applies === false) continue;
    if (applies === undefined)
      return deny('guardrail_failed', {
        guardrail,
        check: 'when',
        message: 'It is unclear whether this guardrail applies.',
        unanswerable: true,
      });
    for (const { name: check, must, message } of checks) {
      const holds = must.ask(question, question.meter);
      if (holds !== true)
        return deny('guardrail_failed', {
          guardrail,
          check,
          message,
          ...(holds === undefined && { unanswerable: true }),
        });
    }
  }
  return null;
}
