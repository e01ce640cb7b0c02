/**
 * The changes that people and the system make, each by the name its records have: a closed list, so that none is
 * recorded that nobody can read. A name that was recorded once is never given another meaning.
 */

/**
 * The part of what decisions look at that a change moves: `policy` with the bindings that end with a publish, `stops`,
 * `keys` (and for whom they speak), `bindings` (what is said of
 * subjects and resources), `state` (what earlier decisions left behind).
 * `nothing`: every decision is made as it would have been, so nothing a process holds has to be read again.
 */
export type Moves = 'policy' | 'stops' | 'keys' | 'bindings' | 'state' | 'nothing';

const CHANGES = {
  'policy.publish': 'policy',
  'policy.rollback': 'policy',
  'kill_switch.engage': 'stops',
  'kill_switch.propose_lift': 'stops',
  'kill_switch.lift': 'stops',
  'api_key.create': 'keys',
  'api_key.limit': 'nothing',
  'api_key.revoke': 'keys',
  'subject.bind': 'bindings',
  'subject.bind_many': 'bindings',
  'subject.unbind': 'bindings',
  'subject.set_attributes': 'bindings',
  'subject.import': 'bindings',
  'resource.register': 'bindings',
  'resource.remove': 'bindings',
  'langfuse.connect': 'nothing',
  'langfuse.replace_key': 'nothing',
  'langfuse.pause': 'nothing',
  'langfuse.resume': 'nothing',
  'langfuse.disconnect': 'nothing',
  'langfuse.start_backfill': 'nothing',
  'langfuse.pause_backfill': 'nothing',
  'langfuse.resume_backfill': 'nothing',
  'langfuse.cancel_backfill': 'nothing',
  'member.set_up': 'nothing',
  'member.add': 'nothing',
  'member.new_link': 'nothing',
  'member.join': 'nothing',
  'member.set_roles': 'nothing',
  'member.disable': 'nothing',
  'member.enable': 'nothing',
  'member.remove': 'nothing',
  'account.set_password': 'nothing',
  'account.second_factor_on': 'nothing',
  'account.second_factor_off': 'nothing',
  'account.recovery_codes_made': 'nothing',
  'account.recovery_code_used': 'nothing',
  'tenant.create': 'nothing',
  'tenant.update': 'nothing',
  'audit.export': 'nothing',
  'clock.acknowledge': 'state',
  'ledger.records_lost': 'nothing',
  'ledger.acknowledge_loss': 'nothing',
  'vault_key.rotate': 'nothing',
} as const satisfies { readonly [action: string]: Moves };

export type ChangeAction = keyof typeof CHANGES;
export const CHANGE_ACTIONS = Object.keys(CHANGES) as ChangeAction[];

export const movedBy = (action: ChangeAction): Moves => CHANGES[action];
