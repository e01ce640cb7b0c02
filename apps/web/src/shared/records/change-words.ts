/** A change as one reads it: "Policy published, revision 3", not an action code and an opaque id. */
import type { ChangeAction } from '@reeve/policy';
import { words } from '../format.js';

interface Change {
  readonly tenant: string;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly reason: string | null;
}
export interface ChangeWords {
  /** The deed, e.g. "API key created". */
  readonly headline: string;
  /** The thing it was done to, as short as it stays telling. */
  readonly subject: string;
  /** The number of the same in a row that this line stands for. */
  readonly times: number;
}

/** Every action as a line's headline, and as what somebody did to what follows. */
const ACTIONS = {
  'policy.publish': ['Policy published', 'published the policy’s'],
  'policy.rollback': ['Policy rolled back', 'rolled the policy back, as'],
  'kill_switch.engage': ['Stopped', 'stopped'],
  'kill_switch.propose_lift': ['Lift proposed', 'proposed to lift the stop of'],
  'kill_switch.lift': ['Lifted', 'lifted the stop of'],
  'api_key.create': ['API key created', 'created the API key'],
  'api_key.limit': ['API key limited', 'limited the API key'],
  'api_key.revoke': ['API key revoked', 'revoked the API key'],
  'subject.bind': ['Subject bound', 'bound the subject'],
  'subject.bind_many': ['Subjects bound', 'bound many'],
  'subject.unbind': ['Subject unbound', 'unbound the subject'],
  'subject.set_attributes': ['Attributes set', 'set the attributes of'],
  'subject.import': ['Attributes imported', 'imported attributes of'],
  'resource.register': ['Resource registered', 'registered the resource'],
  'resource.remove': ['Resource removed', 'removed the resource'],
  'langfuse.connect': ['Langfuse connected', 'connected'],
  'langfuse.replace_key': ['Langfuse key replaced', 'replaced the key of'],
  'langfuse.pause': ['Langfuse paused', 'paused'],
  'langfuse.resume': ['Langfuse resumed', 'resumed'],
  'langfuse.disconnect': ['Langfuse disconnected', 'disconnected'],
  'langfuse.start_backfill': ['Backfill started', 'started a backfill of'],
  'langfuse.pause_backfill': ['Backfill paused', 'paused a backfill of'],
  'langfuse.resume_backfill': ['Backfill resumed', 'resumed a backfill of'],
  'langfuse.cancel_backfill': ['Backfill cancelled', 'cancelled a backfill of'],
  'member.set_up': ['First administrator set up', 'set up the first administrator'],
  'member.add': ['Member added', 'added the member'],
  'member.new_link': ['One-time link made', 'made a one-time link for'],
  'member.join': ['Member joined', 'joined as'],
  'member.set_roles': ['Roles changed', 'changed the roles of'],
  'member.disable': ['Member disabled', 'disabled the member'],
  'member.enable': ['Member enabled', 'enabled the member'],
  'member.remove': ['Member removed', 'removed the member'],
  'account.set_password': ['Password set', 'set the password of'],
  'account.second_factor_on': ['Second factor turned on', 'turned the second factor on for'],
  'account.second_factor_off': ['Second factor turned off', 'turned the second factor off for'],
  'account.recovery_codes_made': ['Recovery codes made', 'made recovery codes for'],
  'account.recovery_code_used': ['Recovery code used', 'used a recovery code of'],
  'tenant.create': ['Tenant created', 'created the tenant'],
  'tenant.update': ['Tenant changed', 'changed the tenant'],
  'audit.export': ['Audit log exported', 'exported the audit log, records'],
  'clock.acknowledge': ['Clock vouched for', 'vouched for the'],
  'ledger.records_lost': ['Answered records are gone', 'found that answered records are gone, after'],
  'ledger.acknowledge_loss': ['Loss of records acknowledged', 'acknowledged the loss of records in the'],
  'vault_key.rotate': ['Vault key rotated', 'rotated the vault key to'],
} as const satisfies Record<ChangeAction, readonly [headline: string, did: string]>;

/** A record may have been written by another version of Reeve: an action nobody knows is told by its name. */
const known = (action: string): readonly [headline: string, did: string] | undefined =>
  Object.hasOwn(ACTIONS, action) ? ACTIONS[action as ChangeAction] : undefined;

export const headlineOf = (action: string): string => known(action)?.[0] ?? sentence(words(action));

/** The verb of a sentence whose object is what was changed. */
export const didOf = (action: string): string => known(action)?.[1] ?? `did “${headlineOf(action)}” to`;

/** `policy:3` → revision 3, `kill_switch:tool:cancel` → tool cancel, a UUID → its first eight digits. */
export function subjectOf(target: string): string {
  const [kind = '', ...rest] = target.split(':');
  const name = rest.join(':').replaceAll(UUID, (id) => id.slice(0, 8));
  if (kind === 'policy') return `revision ${name}`;
  if (kind === 'kill_switch')
    return STOPPED[name] ?? name.replace(':', ' ').replace('tool_class', 'tool class');
  return name;
}

/** Newest first, the same change many times in a row told once. */
export function changeLines<Of extends Change>(changes: readonly Of[]): (Of & ChangeWords)[] {
  const lines: (Of & ChangeWords)[] = [];
  for (const change of changes) {
    const last = lines.at(-1);
    if (last !== undefined && isSame(last, change))
      lines[lines.length - 1] = { ...last, times: last.times + 1 };
    else
      lines.push({
        ...change,
        headline: headlineOf(change.action),
        subject: subjectOf(change.target),
        times: 1,
      });
  }
  return lines;
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const STOPPED: { readonly [scope: string]: string } = { global: 'every tenant', tenant: 'the tenant' };
const isSame = (a: Change, b: Change): boolean =>
  a.tenant === b.tenant && a.actor === b.actor && a.action === b.action && a.reason === b.reason;
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
