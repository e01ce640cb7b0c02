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
import { PlainTable } from '../shared/records/plain-table.js';
import { RoleChips } from '../shared/records/role-picker.js';
import { Button } from '../shared/ui/button.js';
import { PageHead } from '../shared/ui/panel.js';
import { ErrorCard, Skeleton } from '../shared/ui/states.js';
import { Status } from '../shared/ui/status.js';

const route = getRouteApi('/$scope');

export default function MembersPage() {
  const { scope } = route.useParams();
  const { data, error, refetch } = useQuery(membersQuery(scope));
  const mayAdd = useMay(scope, 'create', 'Member');
  const mayChange = useMay(scope, 'update', 'Member');
  const [open, setOpen] = useState<
    'add' | { readonly what: 'roles' | 'remove'; readonly member: Member } | null
  >(null);
  const close = () => setOpen(null);
  return (
    <div className="flex flex-col gap-3">
      <PageHead
        title="Members"
        note={data && `${data.length} in this tenant`}
        actions={
          mayAdd && (
            <Button kind="primary" icon={<UserPlus size={15} aria-hidden />} onClick={() => setOpen('add')}>
              Add member…
            </Button>
          )
        }
      />
      {error && <ErrorCard error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton />}
      {data && (
        <PlainTable
          label="Members"
          rows={data}
          idOf={({ id }) => id}
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
        />
      )}
      {open === 'add' && <AddMemberDialog tenant={scope} onClose={close} />}
      {open && open !== 'add' && open.what === 'roles' && (
        <RolesDialog tenant={scope} of={current(data, open.member)} onClose={close} />
      )}
      {open && open !== 'add' && open.what === 'remove' && (
        <RemoveDialog tenant={scope} of={current(data, open.member)} onClose={close} />
      )}
    </div>
  );
}

/** As it is now: after a conflict the next attempt carries the version that won. */
const current = (members: readonly Member[] | undefined, member: Member): Member =>
  members?.find(({ id }) => id === member.id) ?? member;

function State({ of: { disabled, pending } }: { readonly of: Member }) {
  if (disabled) return <Status tone="unknown">disabled</Status>;
  return pending ? <Status tone="info">link not used yet</Status> : <Status tone="ok">active</Status>;
}
