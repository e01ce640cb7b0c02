/* oxlint-disable react/no-unstable-nested-components -- cells are functions that the table calls, not components */
/** Who governs this tenant, and what each may do. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { AddMemberDialog, RemoveDialog, RolesDialog } from '../features/members/member-dialogs.js';
import { membersQuery, type Member } from '../features/members/members.queries.js';
import { useMay } from '../shared/api/session.js';
import { ago } from '../shared/format.js';
import { latest } from '../shared/records/latest.js';
import { TablePage } from '../shared/records/table-page.js';
import { RoleChips } from '../shared/records/role-picker.js';
import { Button } from '../shared/ui/button.js';
import { Status } from '../shared/ui/status.js';

type Open = { readonly what: 'add' } | { readonly what: 'roles' | 'remove'; readonly member: Member };

const route = getRouteApi('/$scope');

export default function MembersPage() {
  const { scope } = route.useParams();
  const list = useQuery(membersQuery(scope));
  const mayAdd = useMay(scope, 'create', 'Member');
  const mayChange = useMay(scope, 'update', 'Member');
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
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
      idOf={idOf}
      dim={({ disabled }) => disabled}
      columns={[
        {
          name: 'Name',
          cell: ({ name, email }) => (
            <>
              <span className="font-medium">{name}</span> <span className="text-muted">{email}</span>
            </>
          ),
        },
        { name: 'Roles', cell: ({ roles }) => <RoleChips roles={roles} /> },
        { name: 'State', cell: (member) => <State of={member} /> },
        {
          name: 'Second factor',
          cell: ({ totpEnabled }) => (
            <Status tone={totpEnabled ? 'ok' : 'warn'}>{totpEnabled ? 'on' : 'off'}</Status>
          ),
        },
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
                <Button
                  size="sm"
                  kind="ghost"
                  aria-label={`Roles of ${member.name}`}
                  onClick={() => setOpen({ what: 'roles', member })}
                >
                  Roles…
                </Button>
                <Button
                  size="sm"
                  kind="ghost"
                  aria-label={`Remove ${member.name}`}
                  onClick={() => setOpen({ what: 'remove', member })}
                >
                  Remove…
                </Button>
              </>
            ),
        },
      ]}
    >
      {open?.what === 'add' && <AddMemberDialog tenant={scope} onClose={close} />}
      {open?.what === 'roles' && (
        <RolesDialog tenant={scope} of={latest(list.data, open.member, idOf)} onClose={close} />
      )}
      {open?.what === 'remove' && (
        <RemoveDialog tenant={scope} of={latest(list.data, open.member, idOf)} onClose={close} />
      )}
    </TablePage>
  );
}

const idOf = ({ id }: Member): string => id;

function State({ of: { disabled, pending } }: { readonly of: Member }) {
  if (disabled) return <Status tone="unknown">disabled</Status>;
  return pending ? <Status tone="info">link not used yet</Status> : <Status tone="ok">active</Status>;
}
