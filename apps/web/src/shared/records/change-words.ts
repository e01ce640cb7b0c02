/** A change as one reads it: "Policy published, revision 3", not an action code and an opaque id. */
import { words } from '../format.js';

interface Change {
  readonly tenant: string;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly reason: string | null;
}
export interface ChangeWords {
  /** What was done, e.g. "API key created". */
  readonly headline: string;
  /** What it was done to, as short as it stays telling. */
  readonly subject: string;
  /** How many of the same in a row this line stands for. */
  readonly times: number;
}

const HEADLINES: { readonly [action: string]: string } = {
  'api_key.create': 'API key created',
  'api_key.revoke': 'API key revoked',
  'audit.export': 'Audit log exported',
  'kill_switch.engage': 'Stopped',
  'kill_switch.propose_lift': 'Lift proposed',
  'kill_switch.lift': 'Lifted',
  'ledger.acknowledge_loss': 'Loss of records acknowledged',
  'ledger.records_lost': 'Answered records are gone',
  'member.add': 'Member added',
  'member.add_platform_admin': 'Platform administrator added',
  'member.set_up': 'First administrator set up',
  'member.remove': 'Member removed',
  'member.set_roles': 'Roles changed',
  'policy.publish': 'Policy published',
  'policy.rollback': 'Policy rolled back',
  'subject.bind': 'Subject bound',
  'subject.bind_many': 'Subjects bound',
  'subject.unbind': 'Subject unbound',
  'tenant.create': 'Tenant created',
  'tenant.update': 'Tenant changed',
  'vault_key.rotate': 'Vault key rotated',
};

export const headlineOf = (action: string): string => HEADLINES[action] ?? sentence(words(action));

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
