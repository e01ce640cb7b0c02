/* oxlint-disable react/no-unstable-nested-components -- cells are functions that the table calls, not components */
/** Members: who governs this tenant, what each may do, and so whom to ask. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
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
import { ago } from '../shared/format.js';
import { latest } from '../shared/records/latest.js';
import { TablePage } from '../shared/records/table-page.js';
import { RoleChips } from '../shared/records/role-picker.js';
import { Button } from '../shared/ui/button.js';
import { Empty } from '../shared/ui/states.js';

type Open =
  | { readonly what: 'add' }
  | { readonly what: 'roles' | 'link' | 'disable' | 'remove'; readonly member: Member };

const route = getRouteApi('/$scope');

export default function MembersPage() {
  const { scope } = route.useParams();
  const list = useQuery(membersQuery(scope));
  const mayAdd = useMay(scope, 'create', 'Member');
  const mayChange = useMay(scope, 'update', 'Member');
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const changed = open !== null && open.what !== 'add' ? latest(list.data, open.member, idOf) : null;
  const Changing = open !== null && open.what !== 'add' ? DIALOGS[open.what] : null;
  return (
    <TablePage
      title="Members"
      note={({ length }) => `${length} in this tenant`}
      action={
        mayAdd && (
          <Button
            kind="primary"
            icon={<UserPlus size={15} aria-hidden />}
            onClick={() => setOpen({ what: 'add' })}
          >
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
        {
          name: 'Name',
          cell: ({ name, email }) => (
            <>
              <span className="font-medium">{name}</span>{' '}
              {email && <span className="text-muted">{email}</span>}
            </>
          ),
        },
        { name: 'Roles', cell: ({ roles }) => <RoleChips roles={roles} /> },
        { name: 'State', cell: ({ state }) => <MemberState state={state} /> },
        {
          name: 'Since',
          cell: ({ createdAt }) => (
            <time dateTime={createdAt} title={createdAt} className="text-muted">
              {ago(createdAt)}
            </time>
          ),
        },
        {
          name: 'Actions',
          actions: true,
          cell: (member) =>
            mayChange && (
              <>
                {ACTIONS.map(([what, label, of]) => (
                  <Button
                    key={what}
                    size="sm"
                    kind="ghost"
                    disabled={what === 'link' && member.state === 'disabled'}
                    aria-label={`${of} ${member.name}`}
                    onClick={() => setOpen({ what, member })}
                  >
                    {what === 'disable' && member.state === 'disabled' ? 'Enable…' : label}
                  </Button>
                ))}
              </>
            ),
        },
      ]}
    >
      {open?.what === 'add' && <AddMemberDialog tenant={scope} onClose={close} />}
      {changed && Changing && <Changing tenant={scope} of={changed} onClose={close} />}
    </TablePage>
  );
}

const idOf = ({ id }: Member): string => id;

/** Acts on a member, the button's word and what it is called for whoever can't see the row. */
const ACTIONS = [
  ['roles', 'Roles…', 'Roles of'],
  ['link', 'Link…', 'New link for'],
  ['disable', 'Disable…', 'Disable or enable'],
  ['remove', 'Remove…', 'Remove'],
] as const;
const DIALOGS = {
  roles: RolesDialog,
  link: MemberLinkDialog,
  disable: DisableDialog,
  remove: RemoveDialog,
} as const;
