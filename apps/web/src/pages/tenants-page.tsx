/** The isolation boundaries of this deployment. Platform administrators make them; owners set up their own. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { CreateTenantDialog, TenantDialog } from '../features/tenants/tenant-dialogs.js';
import { tenantsQuery, type Tenant } from '../features/tenants/tenants.queries.js';
import { abilityIn, useSession } from '../shared/api/session.js';
import { actsColumn, SINCE } from '../shared/records/columns.js';
import { TablePage } from '../shared/records/table-page.js';
import { useDialog } from '../shared/records/use-dialog.js';
import { Button } from '../shared/ui/button.js';

export default function TenantsPage() {
  const session = useSession();
  const list = useQuery(tenantsQuery);
  const { what, row, show, close } = useDialog<'create' | 'settings', Tenant>(list.data, idOf);
  return (
    <TablePage
      title="Tenants"
      note={({ length }) => `${length} you may see`}
      action={
        session.member.platformAdmin && (
          <Button kind="primary" icon={<Plus size={15} aria-hidden />} onClick={() => show('create')}>
            Create tenant…
          </Button>
        )
      }
      list={list}
      idOf={idOf}
      columns={[
        {
          name: 'Name',
          render: ({ name, slug }) => (
            <Link to="/$scope" params={{ scope: slug }} className="font-medium hover:underline">
              {name}
            </Link>
          ),
        },
        { name: 'Slug', render: ({ slug }) => <code>{slug}</code> },
        { name: 'Environment', render: ({ environment }) => environment },
        {
          name: 'Lifting a stop',
          render: ({ twoPersonLift }) => (twoPersonLift ? 'takes two people' : 'takes one person'),
        },
        SINCE,
        ...actsColumn<Tenant>(
          ({ name }) => name,
          [
            {
              label: 'Settings',
              of: 'Settings of',
              when: ({ slug }) => abilityIn(session, slug).can('update', 'Tenant'),
              onClick: (tenant) => show('settings', tenant),
            },
          ],
        ),
      ]}
    >
      {what === 'create' && <CreateTenantDialog onClose={close} />}
      {row && <TenantDialog of={row} onClose={close} />}
    </TablePage>
  );
}

const idOf = ({ id }: Tenant): string => id;
