/** Administrators: who runs the deployment, and so who lifts what stops every tenant. */
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import {
  AddAdministratorDialog,
  AdministratorLinkDialog,
  RemoveAdministratorDialog,
} from '../features/members/administrator-dialogs.js';
import { administratorsQuery, type Administrator } from '../features/members/administrators.queries.js';
import { MemberState } from '../features/members/member-state.js';
import { actsColumn, PERSON, SINCE } from '../shared/records/columns.js';
import { TablePage } from '../shared/records/table-page.js';
import { useDialog } from '../shared/records/use-dialog.js';
import { Button } from '../shared/ui/button.js';

export default function AdministratorsPage() {
  const list = useQuery(administratorsQuery);
  const { what, row, show, close } = useDialog<'add' | keyof typeof DIALOGS, Administrator>(list.data, idOf);
  const Changing = what === null || what === 'add' ? null : DIALOGS[what];
  const last = (list.data ?? []).filter(({ state }) => state === 'active').length <= 1;
  return (
    <TablePage
      title="Administrators"
      note={({ length }) => `${length} run this deployment`}
      action={
        <Button kind="primary" icon={<UserPlus size={15} aria-hidden />} onClick={() => show('add')}>
          Add administrator…
        </Button>
      }
      list={list}
      idOf={idOf}
      columns={[
        PERSON,
        { name: 'State', render: ({ state }) => <MemberState state={state} /> },
        SINCE,
        ...actsColumn<Administrator>(
          ({ name }) => name,
          [
            { label: 'Link', of: 'New link for', onClick: (who) => show('link', who) },
            {
              label: 'Remove',
              of: 'Remove',
              onClick: (who) => show('remove', who),
              refused: ({ state }) =>
                last && state === 'active' ? 'The last one who can sign in stays.' : undefined,
            },
          ],
        ),
      ]}
    >
      {what === 'add' && <AddAdministratorDialog onClose={close} />}
      {row && Changing && <Changing of={row} onClose={close} />}
    </TablePage>
  );
}

const idOf = ({ id }: Administrator): string => id;
const DIALOGS = { link: AdministratorLinkDialog, remove: RemoveAdministratorDialog } as const;
