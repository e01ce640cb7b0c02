/** Has someone pulled the plug: on everything, the tenant, this assistant, this tool or its class? */
import { denyIn, PASS, passIn, type Finding } from '../finding.js';
import type { Facts, Stage } from '../stage.js';
import { isAbout, leaves, STRICTNESS, type Attempt } from '../stops/reach.js';
import type { EvaluationRequest, KillSwitch } from '../vocabulary.js';

export const killSwitch: Stage = {
  name: 'kill-switch',
  question: 'Has someone pulled the plug: on everything, the tenant, this assistant, this tool or its class?',
  check(request, facts) {
    if (facts.switches.length === 0) return PASS;
    const attempt = attemptOf(request, facts);
    const strictest = strictestOf(attempt, facts.switches);
    if (strictest === null) return PASS;
    return leaves(strictest.mode, attempt) ? passIn(strictest.mode) : stopped(strictest);
  },
};

const attemptOf = (request: EvaluationRequest, { policy }: Pick<Facts, 'policy'>): Attempt => ({
  action: request.action.name,
  assistant: request.assistant,
  resource: request.resource,
  toolClass: policy.targetOf(request)?.class,
});

function strictestOf(attempt: Attempt, switches: readonly KillSwitch[]): KillSwitch | null {
  let strictest: KillSwitch | null = null;
  for (const one of switches)
    if (isAbout(one, attempt) && (strictest === null || STRICTNESS[one.mode] > STRICTNESS[strictest.mode]))
      strictest = one;
  return strictest;
}

function stopped({ id, scope, target, mode, reason }: KillSwitch): Finding {
  return denyIn(mode, `kill_switch_${mode}`, { id, scope, target, reason });
}
