/** Adding a person, changing what they may do, taking them out. Each with its reason; the API says no, not the dialog. */
import type { AdminRole } from '@reeve/policy/roles';
import { useState } from 'react';
import { words } from '../../shared/format.js';
import { ChangedMeanwhile, useBase } from '../../shared/records/changed-meanwhile.js';
import { RolePicker } from '../../shared/records/role-picker.js';
import { putBack } from '../../shared/records/put-back.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import { AddPersonDialog } from './add-person-dialog.js';
import {
  useAddMember,
  useNewLink,
  useRemoveMember,
  useSetDisabled,
  useSetRoles,
  type Member,
} from './members.queries.js';
import { NewLinkDialog } from './new-link-dialog.js';

interface AddProps {
  readonly tenant: string;
  readonly onClose: () => void;
}

export function AddMemberDialog({ tenant, onClose }: AddProps) {
  const add = useAddMember();
  const [roles, setRoles] = useState<readonly AdminRole[]>(['viewer']);
  return (
    <AddPersonDialog
      title="Add a member"
      chips={['Joined the team', 'Stands in for someone', 'External audit']}
      confirmLabel="Add member"
      onAdd={(person) => add.mutateAsync({ tenant, roles: [...roles], ...person })}
      onClose={onClose}
    >
      <RolePicker chosen={roles} onChange={setRoles} />
    </AddPersonDialog>
  );
}

export function MemberLinkDialog({ tenant, of, onClose }: ChangeProps) {
  const make = useNewLink();
  return (
    <NewLinkDialog
      name={of.name}
      invited={of.state === 'invited'}
      onMake={(reason) => make.mutateAsync({ tenant, memberId: of.id, expectedVersion: of.version, reason })}
      onClose={onClose}
    />
  );
}

export function DisableDialog({ tenant, of, onClose }: ChangeProps) {
  const set = useSetDisabled();
  const disable = of.state !== 'disabled';
  return (
    <ReasonDialog
      danger={disable}
      onClose={onClose}
      title={`${disable ? 'Disable' : 'Enable'} ${of.name}`}
      description={
        disable
          ? 'They lose access at once, and so do their links and management keys. They keep their place.'
          : 'They have access again with the roles they had.'
      }
      chips={
        disable ? ['On leave', 'Security incident', 'Under review'] : ['Back from leave', 'Review is over']
      }
      confirmLabel={disable ? 'Disable member' : 'Enable member'}
      onConfirm={async (reason) => {
        const seen = { tenant, memberId: of.id, expectedVersion: of.version };
        await set.mutateAsync({ ...seen, disabled: disable, reason });
        notify({ title: `${of.name} is ${disable ? 'disabled' : 'enabled'}` });
      }}
    />
  );
}

interface ChangeProps extends AddProps {
  readonly of: Member;
}

export function RolesDialog({ tenant, of, onClose }: ChangeProps) {
  const set = useSetRoles();
  const base = useBase(of, set);
  const [roles, setRoles] = useState<readonly AdminRole[]>(of.roles);
  const change = (next: readonly AdminRole[], expectedVersion: number, reason: string) =>
    set.mutateAsync({ tenant, memberId: of.id, roles: [...next], expectedVersion, reason });
  return (
    <ReasonDialog
      onClose={onClose}
      title={`Roles of ${of.name}`}
      chips={['Takes over new duties', 'No longer needed', 'Mistake corrected']}
      confirmLabel="Set roles"
      complete={!base.moved}
      onConfirm={async (reason) => {
        const { version } = await change(roles, base.version, reason);
        notify({
          title: `${of.name}: ${roles.map(words).join(', ')}`,
          undo: putBack(reason, (back) => change(of.roles, version, back)),
        });
      }}
    >
      <RolePicker chosen={roles} onChange={setRoles} />
      <ChangedMeanwhile base={base} onTake={() => setRoles(of.roles)}>
        {of.roles.map(words).join(', ')}
      </ChangedMeanwhile>
    </ReasonDialog>
  );
}

export function RemoveDialog({ tenant, of, onClose }: ChangeProps) {
  const remove = useRemoveMember();
  return (
    <ReasonDialog
      danger
      onClose={onClose}
      title={`Remove ${of.name}`}
      description="They lose access at once, and so do their links and management keys. Their records stay."
      chips={['Left the team', 'Access was temporary', 'Security incident']}
      confirmLabel="Remove member"
      onConfirm={async (reason) => {
        await remove.mutateAsync({ tenant, memberId: of.id, expectedVersion: of.version, reason });
        notify({ title: `${of.name} is no longer a member` });
      }}
    />
  );
}
