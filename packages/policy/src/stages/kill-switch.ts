/** Has someone pulled the plug: on everything, the tenant, this assistant, this tool or its class? */
import { denyIn, PASS, passIn } from '../finding.js';
import type { Facts, Stage } from '../stage.js';
import type { EvaluationRequest, Finding, KillMode, KillSwitch } from '../vocabulary.js';

export const killSwitch: Stage = {
  name: 'kill-switch',
  check(request, facts) {
    const strictest = strictestOf(request, facts);
    if (strictest === null) return PASS;
    return permits(strictest.mode, request, facts) ? passIn(strictest.mode) : stopped(strictest);
  },
};

const STRICTNESS: { readonly [mode in KillMode]: number } = { read_only: 0, answers_only: 1, stopped: 2 };

function strictestOf(request: EvaluationRequest, facts: Facts): KillSwitch | null {
  let strictest: KillSwitch | null = null;
  for (const one of facts.switches)
    if (
      applies(one, request, facts) &&
      (strictest === null || STRICTNESS[one.mode] > STRICTNESS[strictest.mode])
    )
      strictest = one;
  return strictest;
}

function applies({ scope, target }: KillSwitch, request: EvaluationRequest, { policy }: Facts): boolean {
  const { resource } = request;
  switch (scope) {
    case 'global':
    case 'tenant':
      return true;
    case 'assistant':
      return request.assistant === target;
    case 'tool':
      return resource.type === 'tool' && resource.id === target;
    case 'tool_class':
      return resource.type === 'tool' && policy.tools.get(resource.id)?.class === target;
  }
}

const ANSWERS = new Set(['models/call', 'messages/send']);

/** What a mode leaves. Read only leaves answers too; a tool nobody knows is not known to read. */
function permits(mode: KillMode, { action, resource }: EvaluationRequest, { policy }: Facts): boolean {
  switch (mode) {
    case 'stopped':
      return false;
    case 'answers_only':
      return ANSWERS.has(action.name);
    case 'read_only':
      if (resource.type === 'tool') return policy.tools.get(resource.id)?.class === 'read';
      return ANSWERS.has(action.name) || action.name === 'resources/read';
  }
}

function stopped({ id, scope, target, mode, reason }: KillSwitch): Finding {
  return denyIn(mode, `kill_switch_${mode}`, { id, scope, target, reason });
}
