/** Adding a person, changing what they may do, taking them out. Each with its reason; the API says no, not the dialog. */
import type { AdminRole } from '@reeve/policy/roles';
import { useRef, useState } from 'react';
import { words } from '../../shared/format.js';
import { ChangedMeanwhile, useBase } from '../../shared/records/changed-meanwhile.js';
import { RolePicker } from '../../shared/records/role-picker.js';
import { ShownOnce } from '../../shared/records/shown-once.js';
import { TextField } from '../../shared/ui/field.js';
import { putBack } from '../../shared/records/put-back.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import { useAddMember, useRemoveMember, useSetRoles, type Member } from './members.queries.js';

interface AddProps {
  readonly tenant: string;
  readonly onClose: () => void;
}

export function AddMemberDialog({ tenant, onClose }: AddProps) {
  const add = useAddMember();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<readonly AdminRole[]>(['viewer']);
  const [link, setLink] = useState<string | null>(null);
  const invited = useRef(false);
  if (link !== null)
    return (
      <ShownOnce
        title={`${name} can set a password`}
        label="One-time link, valid for 24 hours"
        secret={link}
        onClose={onClose}
      >
        <p className="text-13 text-muted">Hand it over on a way you trust. It works once.</p>
      </ShownOnce>
    );
  return (
    <ReasonDialog
      onClose={() => invited.current || onClose()}
      title="Add a member"
      chips={['Joined the team', 'Stands in for someone', 'External audit']}
      confirmLabel="Add member"
      complete={email.trim() !== '' && name.trim() !== ''}
      fields={['email', 'name']}
      onConfirm={async (reason) => {
        const { setupUrl } = await add.mutateAsync({ tenant, email, name, roles: [...roles], reason });
        // The dialog closes itself on success, unless there is a link to show.
        invited.current = Boolean(setupUrl);
        if (setupUrl) setLink(setupUrl);
        else
          notify({ title: `${name} is a member`, description: 'They sign in with the password they have.' });
      }}
    >
      {(errorAt) => (
        <>
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label="E-mail"
              error={errorAt('email')}
              type="email"
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
            <TextField
              label="Name"
              error={errorAt('name')}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </div>
          <RolePicker chosen={roles} onChange={setRoles} />
        </>
      )}
    </ReasonDialog>
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
      description="They lose access at once. Their records stay."
      chips={['Left the team', 'Access was temporary', 'Security incident']}
      confirmLabel="Remove member"
      onConfirm={async (reason) => {
        await remove.mutateAsync({ tenant, memberId: of.id, expectedVersion: of.version, reason });
        notify({ title: `${of.name} is no longer a member` });
      }}
    />
  );
}
