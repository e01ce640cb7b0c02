/* oxlint-disable react/no-unstable-nested-components -- cells are functions that the table calls, not components */
/** The isolation boundaries of this deployment. Platform administrators make them; owners set up their own. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { CreateTenantDialog, TenantDialog } from '../features/tenants/tenant-dialogs.js';
import { tenantsQuery, type Tenant } from '../features/tenants/tenants.queries.js';
import { abilityIn, useSession } from '../shared/api/session.js';
import { ago } from '../shared/format.js';
import { latest } from '../shared/records/latest.js';
import { TablePage } from '../shared/records/table-page.js';
import { Button } from '../shared/ui/button.js';

export default function TenantsPage() {
  const session = useSession();
  const list = useQuery(tenantsQuery);
  const [open, setOpen] = useState<'create' | Tenant | null>(null);
  const close = () => setOpen(null);
  const edited = open && open !== 'create' ? latest(list.data, open, idOf) : null;
  return (
    <TablePage
      title="Tenants"
      note={({ length }) => `${length} you may see`}
      action={
        session.member.platformAdmin && (
          <Button kind="primary" icon={<Plus size={15} aria-hidden />} onClick={() => setOpen('create')}>
            Create tenant…
          </Button>
        )
      }
      list={list}
      idOf={idOf}
      columns={[
        {
          name: 'Name',
          cell: ({ name, slug }) => (
            <Link to="/$scope" params={{ scope: slug }} className="font-medium hover:underline">
              {name}
            </Link>
          ),
        },
        { name: 'Slug', cell: ({ slug }) => <code>{slug}</code> },
        { name: 'Environment', cell: ({ environment }) => environment },
        {
          name: 'Lifting a stop',
          cell: ({ twoPersonLift }) => (twoPersonLift ? 'takes two people' : 'takes one person'),
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
          cell: (tenant) =>
            abilityIn(session, tenant.slug).can('update', 'Tenant') && (
              <Button
                size="sm"
                kind="ghost"
                aria-label={`Settings of ${tenant.name}`}
                onClick={() => setOpen(tenant)}
              >
                Settings…
              </Button>
            ),
        },
      ]}
    >
      {open === 'create' && <CreateTenantDialog onClose={close} />}
      {edited && <TenantDialog of={edited} onClose={close} />}
    </TablePage>
  );
}

const idOf = ({ id }: Tenant): string => id;
