/* oxlint-disable react/no-unstable-nested-components -- cells are functions that the table calls, not components */
/** Administrators: who runs the deployment, and so who lifts what stops every tenant. */
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import {
  AddAdministratorDialog,
  AdministratorLinkDialog,
  RemoveAdministratorDialog,
} from '../features/members/administrator-dialogs.js';
import { administratorsQuery, type Administrator } from '../features/members/administrators.queries.js';
import { MemberState } from '../features/members/member-state.js';
import { ago } from '../shared/format.js';
import { latest } from '../shared/records/latest.js';
import { TablePage } from '../shared/records/table-page.js';
import { Button } from '../shared/ui/button.js';

type Open = 'add' | { readonly what: 'link' | 'remove'; readonly who: Administrator };

export default function AdministratorsPage() {
  const list = useQuery(administratorsQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const changed = open !== null && open !== 'add' ? latest(list.data, open.who, idOf) : null;
  const Changing = open !== null && open !== 'add' ? DIALOGS[open.what] : null;
  const last = (list.data ?? []).filter(({ state }) => state === 'active').length <= 1;
  return (
    <TablePage
      title="Administrators"
      note={({ length }) => `${length} run this deployment`}
      action={
        <Button kind="primary" icon={<UserPlus size={15} aria-hidden />} onClick={() => setOpen('add')}>
          Add administrator…
        </Button>
      }
      list={list}
      idOf={idOf}
      columns={[
        {
          name: 'Name',
          cell: ({ name, email }) => (
            <>
              <span className="font-medium">{name}</span> <span className="text-muted">{email}</span>
            </>
          ),
        },
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
          cell: (who) => (
            <>
              <Button
                size="sm"
                kind="ghost"
                aria-label={`New link for ${who.name}`}
                onClick={() => setOpen({ what: 'link', who })}
              >
                Link…
              </Button>
              <Button
                size="sm"
                kind="ghost"
                aria-label={`Remove ${who.name}`}
                disabled={last && who.state === 'active'}
                title={last && who.state === 'active' ? 'The last one who can sign in stays.' : undefined}
                onClick={() => setOpen({ what: 'remove', who })}
              >
                Remove…
              </Button>
            </>
          ),
        },
      ]}
    >
      {open === 'add' && <AddAdministratorDialog onClose={close} />}
      {changed && Changing && <Changing of={changed} onClose={close} />}
    </TablePage>
  );
}

const idOf = ({ id }: Administrator): string => id;
const DIALOGS = { link: AdministratorLinkDialog, remove: RemoveAdministratorDialog } as const;
