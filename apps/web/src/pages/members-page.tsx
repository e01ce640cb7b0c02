/** Members: who governs this tenant, what each may do, and so whom to ask. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import {
  AddMemberDialog,
  DisableDialog,
  MemberLinkDialog,
  RemoveDialog,
  RolesDialog,
} from '../features/members/member-dialogs.js';
import { MemberState } from '../features/members/member-state.js';
import { membersQuery, type Member } from '../features/members/members.queries.js';
import { useMay } from '../shared/api/session.js';
import { actsColumn, PERSON, SINCE } from '../shared/records/columns.js';
import { TablePage } from '../shared/records/table-page.js';
import { useDialog } from '../shared/records/use-dialog.js';
import { RoleChips } from '../shared/records/role-picker.js';
import { Button } from '../shared/ui/button.js';
import { Empty } from '../shared/ui/states.js';

type Act = 'roles' | 'link' | 'disable' | 'remove';

const route = getRouteApi('/$scope');

export default function MembersPage() {
  const { scope } = route.useParams();
  const list = useQuery(membersQuery(scope));
  const mayAdd = useMay(scope, 'create', 'Member');
  const mayChange = useMay(scope, 'update', 'Member');
  const { what, row, show, close } = useDialog<'add' | Act, Member>(list.data, idOf);
  const Changing = what === null || what === 'add' ? null : DIALOGS[what];
  return (
    <TablePage
      title="Members"
      note={({ length }) => `${length} in this tenant`}
      action={
        mayAdd && (
          <Button kind="primary" icon={<UserPlus size={15} aria-hidden />} onClick={() => show('add')}>
            Add member…
          </Button>
        )
      }
      list={list}
      empty={
        <Empty title="Nobody is a member yet">
          Platform administrators govern it until it has an owner of its own.
        </Empty>
      }
      idOf={idOf}
      dim={({ state }) => state === 'disabled'}
      columns={[
        PERSON,
        { name: 'Roles', render: ({ roles }) => <RoleChips roles={roles} /> },
        { name: 'State', render: ({ state }) => <MemberState state={state} /> },
        SINCE,
        ...actsColumn(
          ({ name }) => name,
          mayChange
            ? ACTS.map((act) => ({ ...act, onClick: (member: Member) => show(act.what, member) }))
            : [],
        ),
      ]}
    >
      {what === 'add' && <AddMemberDialog tenant={scope} onClose={close} />}
      {row && Changing && <Changing tenant={scope} of={row} onClose={close} />}
    </TablePage>
  );
}

const idOf = ({ id }: Member): string => id;

const ACTS = [
  { what: 'roles', label: 'Roles', of: 'Roles of' },
  {
    what: 'link',
    label: 'Link',
    of: 'New link for',
    refused: ({ state }: Member) => (state === 'disabled' ? 'They are disabled.' : undefined),
  },
  {
    what: 'disable',
    label: ({ state }: Member) => (state === 'disabled' ? 'Enable' : 'Disable'),
    of: 'Disable or enable',
  },
  { what: 'remove', label: 'Remove', of: 'Remove' },
] as const;
const DIALOGS = {
  roles: RolesDialog,
  link: MemberLinkDialog,
  disable: DisableDialog,
  remove: RemoveDialog,
} as const;
