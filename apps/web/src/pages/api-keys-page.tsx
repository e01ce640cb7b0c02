/* oxlint-disable react/no-unstable-nested-components -- cells are functions that the table calls, not components */
/** Which programs may ask or govern, and which of them still do. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { apiKeysQuery, type ApiKey } from '../features/api-keys/api-keys.queries.js';
import { CreateKeyDialog, RevokeKeyDialog } from '../features/api-keys/key-dialogs.js';
import { useMay } from '../shared/api/session.js';
import { ago } from '../shared/format.js';
import { PlainTable } from '../shared/records/plain-table.js';
import { RoleChips } from '../shared/records/role-picker.js';
import { Button } from '../shared/ui/button.js';
import { PageHead } from '../shared/ui/panel.js';
import { Empty, ErrorCard, Skeleton } from '../shared/ui/states.js';
import { Status } from '../shared/ui/status.js';

const route = getRouteApi('/$scope');

export default function ApiKeysPage() {
  const { scope } = route.useParams();
  const { data, error, refetch } = useQuery(apiKeysQuery(scope));
  const mayCreate = useMay(scope, 'create', 'ApiKey');
  const mayRevoke = useMay(scope, 'delete', 'ApiKey');
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const live = data?.filter(({ revokedAt }) => !revokedAt).length ?? 0;
  return (
    <div className="flex flex-col gap-3">
      <PageHead
        title="API keys"
        note={data && `${live} in use, ${data.length - live} revoked`}
        actions={
          mayCreate && (
            <Button
              kind="primary"
              icon={<KeyRound size={15} aria-hidden />}
              onClick={() => setCreating(true)}
            >
              Create key…
            </Button>
          )
        }
      />
      {error && <ErrorCard error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton />}
      {data?.length === 0 && (
        <Empty title="No program has a key yet">An agent needs one to ask: POST /access/v1/evaluation.</Empty>
      )}
      {data && data.length > 0 && (
        <PlainTable
          label="API keys"
          rows={data}
          idOf={({ id }) => id}
          dim={({ revokedAt }) => Boolean(revokedAt)}
          columns={[
            {
              name: 'Name',
              cell: ({ name, hint }) => (
                <>
                  <span className="font-medium">{name}</span> <code className="text-faint">…{hint}</code>
                </>
              ),
            },
            { name: 'For', cell: ({ kind }) => kind },
            { name: 'May', cell: (key) => <May of={key} /> },
            {
              name: 'Made',
              cell: ({ createdAt, createdBy }) => (
                <span title={createdAt}>{`${ago(createdAt)} by ${createdBy}`}</span>
              ),
            },
            {
              name: 'Last used',
              cell: ({ lastUsedAt }) =>
                lastUsedAt ? (
                  <span title={lastUsedAt}>{ago(lastUsedAt)}</span>
                ) : (
                  <span className="text-faint">never</span>
                ),
            },
            {
              name: 'State',
              cell: ({ revokedAt }) =>
                revokedAt ? (
                  <Status tone="unknown">revoked {ago(revokedAt)}</Status>
                ) : (
                  <Status tone="ok">good</Status>
                ),
            },
            {
              name: 'Actions',
              actions: true,
              cell: (key) =>
                mayRevoke &&
                !key.revokedAt && (
                  <Button
                    size="sm"
                    kind="ghost"
                    aria-label={`Revoke ${key.name}`}
                    onClick={() => setRevoking(key)}
                  >
                    Revoke…
                  </Button>
                ),
            },
          ]}
        />
      )}
      {creating && <CreateKeyDialog tenant={scope} onClose={() => setCreating(false)} />}
      {revoking && (
        <RevokeKeyDialog
          tenant={scope}
          of={data?.find(({ id }) => id === revoking.id) ?? revoking}
          onClose={() => setRevoking(null)}
        />
      )}
    </div>
  );
}

function May({ of: { kind, roles, assistants } }: { readonly of: ApiKey }) {
  if (kind === 'management') return <RoleChips roles={roles} />;
  return (
    <span>{assistants.length === 0 ? 'speak for any assistant' : `speak for ${assistants.join(', ')}`}</span>
  );
}
