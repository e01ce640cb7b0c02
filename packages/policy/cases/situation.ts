/** A request of the golden tenant and what is known about it; the parts a test is about replace the usual ones. */
import { compilePolicy, toRequest, type EvaluationRequest, type Facts } from '../src/index.js';
import { NOW } from './arbitrary.js';
import { loadPolicy } from './load.js';

const policy = compilePolicy(loadPolicy());

const usual = toRequest(
  {
    subject: { type: 'user', id: 'mia' },
    action: { name: 'tools/call' },
    resource: { type: 'tool', id: 'find_order', properties: { arguments: { order_id: 'O-1' } } },
    context: { agent: 'support', channel: 'interactive' },
  },
  { keyAssistants: [] },
);

export const asked = (over: Partial<EvaluationRequest> = {}): EvaluationRequest => ({ ...usual, ...over });

export const known = (over: Partial<Facts> = {}): Facts => ({
  now: NOW,
  caller: { id: 'key', assistants: [] },
  subject: { roles: ['agent'], grants: {} },
  switches: [],
  policy,
  quotaUse: new Map(),
  ...over,
});
