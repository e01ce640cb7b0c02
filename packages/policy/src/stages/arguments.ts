/** Is this a call of a tool we know, and do the arguments fit its JSON Schema? */
import { deny, PASS } from '../finding.js';
import type { Stage } from '../stage.js';

export const toolArguments: Stage = {
  name: 'arguments',
  question: 'Is this a call of a tool we know, and do the arguments fit its JSON Schema?',
  check({ action, resource, arguments: args }, { policy }, meter) {
    if (action.name !== 'tools/call' || resource.type !== 'tool')
      return deny('unknown_action', { action: action.name, resource: resource.type });
    const tool = policy.tools.get(resource.id);
    if (tool === undefined) return deny('unknown_tool', { tool: resource.id });
    const errors = tool.check(args, meter);
    return errors.length === 0 ? PASS : deny('invalid_arguments', { tool: tool.name, errors });
  },
};
