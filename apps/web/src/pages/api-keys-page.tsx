/* oxlint-disable react/no-unstable-nested-components -- cells are functions that the table calls, not components */
/** API keys: which programs may ask or govern, and which of them still do. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { apiKeysQuery, type ApiKey } from '../features/api-keys/api-keys.queries.js';
import { KeyState } from '../features/api-keys/key-state.js';
import { CreateKeyDialog, RevokeKeyDialog } from '../features/api-keys/key-dialogs.js';
import { LimitKeyDialog } from '../features/api-keys/limit-key-dialog.js';
import { useMay } from '../shared/api/session.js';
import { ago, count } from '../shared/format.js';
import { latest } from '../shared/records/latest.js';
import { TablePage } from '../shared/records/table-page.js';
import { RoleChips } from '../shared/records/role-picker.js';
import { Button } from '../shared/ui/button.js';
import { GuideLink } from '../shared/ui/guide-link.js';
import { Empty } from '../shared/ui/states.js';

const route = getRouteApi('/$scope');

export default function ApiKeysPage() {
  const { scope } = route.useParams();
  const list = useQuery(apiKeysQuery(scope));
  const mayCreate = useMay(scope, 'create', 'ApiKey');
  const mayLimit = useMay(scope, 'update', 'ApiKey');
  const mayRevoke = useMay(scope, 'delete', 'ApiKey');
  const [creating, setCreating] = useState(false);
  const [limiting, setLimiting] = useState<ApiKey | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <TablePage
      title="API keys"
      note={inUse}
      action={
        mayCreate && (
          <Button kind="primary" icon={<KeyRound size={15} aria-hidden />} onClick={() => setCreating(true)}>
            Create key…
          </Button>
        )
      }
      list={list}
      empty={
        <Empty title="No program has a key yet">
          An agent needs one to ask. <GuideLink to="wire-an-agent" />
        </Empty>
      }
      idOf={idOf}
      dim={({ state }) => state !== 'active'}
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
        { name: 'At most', cell: (key) => <AtMost of={key} /> },
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
          cell: (key) => <KeyState of={key} />,
        },
        {
          name: 'Actions',
          actions: true,
          cell: (key) =>
            !key.revokedAt && (
              <>
                {mayLimit && key.kind === 'agent' && (
                  <Button
                    size="sm"
                    kind="ghost"
                    aria-label={`Limit ${key.name}`}
                    onClick={() => setLimiting(key)}
                  >
                    Limit…
                  </Button>
                )}
                {mayRevoke && (
                  <Button
                    size="sm"
                    kind="ghost"
                    aria-label={`Revoke ${key.name}`}
                    onClick={() => setRevoking(key)}
                  >
                    Revoke…
                  </Button>
                )}
              </>
            ),
        },
      ]}
    >
      {creating && <CreateKeyDialog tenant={scope} onClose={() => setCreating(false)} />}
      {limiting && (
        <LimitKeyDialog
          tenant={scope}
          of={latest(list.data, limiting, idOf)}
          onClose={() => setLimiting(null)}
        />
      )}
      {revoking && (
        <RevokeKeyDialog
          tenant={scope}
          of={latest(list.data, revoking, idOf)}
          onClose={() => setRevoking(null)}
        />
      )}
    </TablePage>
  );
}

const idOf = ({ id }: ApiKey): string => id;
const inUse = (keys: readonly ApiKey[]): string => {
  const live = keys.filter(({ state }) => state === 'active').length;
  return `${live} in use, ${keys.length - live} revoked or over`;
};

function May({ of: { kind, roles, assistants } }: { readonly of: ApiKey }) {
  if (kind === 'management') return <RoleChips roles={roles} />;
  return (
    <span>{assistants.length === 0 ? 'speak for any assistant' : `speak for ${assistants.join(', ')}`}</span>
  );
}

function AtMost({ of: { kind, requestsPerSecond, questionsPerSecond } }: { readonly of: ApiKey }) {
  const limits = [
    requestsPerSecond && `${count(requestsPerSecond)} requests/s`,
    questionsPerSecond && `${count(questionsPerSecond)} questions/s`,
  ].filter(Boolean);
  if (limits.length > 0) return <span>{limits.join(', ')}</span>;
  return kind === 'agent' ? <span className="text-faint">no limit</span> : null;
}
