/** A request of the golden tenant and what is known about it; the parts a test is about replace the usual ones. */
import {
  compilePolicy,
  ownKey,
  quotaLog,
  stateKey,
  StateMap,
  toRequest,
  type EvaluationRequest,
  type Facts,
  type QuotaLog,
  type StateKey,
} from '../src/index.js';
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
  id: 'evaluation',
  now: NOW,
  caller: { id: 'key', assistants: [] },
  subject: { roles: ['agent'], grants: {} },
  switches: [],
  policy,
  state: new StateMap(),
  ...over,
});

/** A quota's key as the tables write it: `quota:holder`, a subject being `type/id`. */
export function quotaKeyOf(written: string): StateKey {
  const [name, holder] = written.split(':') as [string, string];
  const per = policy.document.quotas[name]?.per;
  const [type, id] = holder.split('/') as [string, string];
  if (per === 'user') return ownKey(name, { type, id });
  return stateKey(per === 'tenant' ? `${name}:tenant` : `${name}:${per}:${holder}`);
}

/** State in which this was spent, by keys as the tables write them. */
export const spentOf = (logs: { readonly [key: string]: QuotaLog }): StateMap =>
  Object.entries(logs).reduce(
    (state, [key, log]) => state.set(quotaLog, quotaKeyOf(key), log),
    new StateMap(),
  );
