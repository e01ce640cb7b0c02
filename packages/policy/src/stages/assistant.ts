/** Is this assistant known and switched on, and is the tool or the type of resource on its allow-list? */
import { deny, PASS } from '../finding.js';
import type { Stage } from '../stage.js';

export const assistant: Stage = {
  name: 'assistant',
  question:
    'Is this assistant known and switched on, and is the tool or the type of resource on its allow-list?',
  check({ assistant: name, resource }, { policy }) {
    if (name === null) return deny('assistant_missing');
    const known = policy.assistants.get(name);
    if (known === undefined) return deny('unknown_assistant', { assistant: name });
    if (!known.enabled) return deny('assistant_disabled', { assistant: name });
    if (resource.type !== 'tool') {
      const { type } = resource;
      if (known.resourceTypes.has(type) || !policy.resourceTypes.has(type)) return PASS;
      return deny('resource_type_not_on_allow_list', { assistant: name, resource: type });
    }
    if (known.tools.has(resource.id)) return PASS;
    // A model that misspells a tool learns more from "no such tool" than from "not yours".
    if (!policy.tools.has(resource.id)) return deny('unknown_tool', { tool: resource.id });
    return deny('tool_not_on_allow_list', { assistant: name, tool: resource.id });
  },
};
