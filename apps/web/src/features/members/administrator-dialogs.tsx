/** Adding another administrator of the platform, giving them a new link, taking them out. */
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import { AddPersonDialog } from './add-person-dialog.js';
import {
  useAddAdministrator,
  useNewAdministratorLink,
  useRemoveAdministrator,
  type Administrator,
} from './administrators.queries.js';
import { NewLinkDialog } from './new-link-dialog.js';

interface Closable {
  readonly onClose: () => void;
}
interface ChangeProps extends Closable {
  readonly of: Administrator;
}

export function AddAdministratorDialog({ onClose }: Closable) {
  const add = useAddAdministrator();
  return (
    <AddPersonDialog
      title="Add a platform administrator"
      chips={['Second person for STOP ALL', 'Joined the platform team', 'Stands in for someone']}
      confirmLabel="Add administrator"
      onAdd={(person) => add.mutateAsync(person)}
      onClose={onClose}
    >
      <p className="text-13 text-muted">They see and govern every tenant, and lift what stops all of them.</p>
    </AddPersonDialog>
  );
}

export function AdministratorLinkDialog({ of, onClose }: ChangeProps) {
  const make = useNewAdministratorLink();
  return (
    <NewLinkDialog
      name={of.name}
      invited={of.state === 'invited'}
      onMake={(reason) => make.mutateAsync({ id: of.id, expectedVersion: of.version, reason })}
      onClose={onClose}
    />
  );
}

export function RemoveAdministratorDialog({ of, onClose }: ChangeProps) {
  const remove = useRemoveAdministrator();
  return (
    <ReasonDialog
      danger
      onClose={onClose}
      title={`Remove ${of.name} from the platform`}
      description="They are signed out at once. What they belong to as a member of a tenant stays."
      chips={['Left the team', 'Access was temporary', 'Security incident']}
      confirmLabel="Remove administrator"
      onConfirm={async (reason) => {
        await remove.mutateAsync({ id: of.id, expectedVersion: of.version, reason });
        notify({ title: `${of.name} no longer runs the platform` });
      }}
    />
  );
}
