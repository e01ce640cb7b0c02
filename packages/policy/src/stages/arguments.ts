/** Is this a call of a tool or an action on a resource we know, and does what is said of it fit its JSON Schema? */
import { deny, PASS, type Finding } from '../finding.js';
import type { Facts, Stage } from '../stage.js';
import type { CompiledResourceType } from '../document/compile.js';
import type { Meter } from '../expressions/meter.js';
import type { EvaluationRequest } from '../vocabulary.js';

export const askedFor: Stage = {
  name: 'arguments',
  question:
    'Is this a call of a tool or an action on a resource we know, and does what is said of it fit its JSON Schema?',
  check(request, facts, meter) {
    const { action, resource, arguments: args } = request;
    const type = facts.policy.resourceTypes.get(resource.type);
    if (type !== undefined) return ofResource(type, request, facts, meter);
    if (action.name !== 'tools/call' || resource.type !== 'tool')
      return deny('unknown_action', { action: action.name, resource: resource.type });
    const tool = facts.policy.tools.get(resource.id);
    if (tool === undefined) return deny('unknown_tool', { tool: resource.id });
    const errors = tool.check(args, meter);
    return errors.length === 0 ? PASS : deny('invalid_arguments', { tool: tool.name, errors });
  },
};

function ofResource(
  { name, definition, actions, check }: CompiledResourceType,
  { action, resource }: EvaluationRequest,
  { resource: registered }: Facts,
  meter: Meter | undefined,
): Finding {
  if (!actions.has(action.name)) return deny('unknown_action', { action: action.name, resource: name });
  if (definition.register === 'required' && (registered ?? null) === null)
    return deny('unknown_resource', { resource: name });
  const errors = check(resource.properties, meter);
  return errors.length === 0 ? PASS : deny('invalid_properties', { resource: name, errors });
}
