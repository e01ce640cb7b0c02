/** The state of a member: whether the person is in yet, and may act. */
import { Status } from '../../shared/ui/status.js';
import type { Member } from './members.queries.js';

export function MemberState({ state }: Pick<Member, 'state'>) {
  if (state === 'disabled') return <Status tone="unknown">disabled</Status>;
  return state === 'invited' ? (
    <Status tone="info">invited, link not used yet</Status>
  ) : (
    <Status tone="ok">active</Status>
  );
}
