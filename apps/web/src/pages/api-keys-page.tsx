/** API keys: which programs may ask or govern, and which of them still do. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { apiKeysQuery, type ApiKey } from '../features/api-keys/api-keys.queries.js';
import { KeyState } from '../features/api-keys/key-state.js';
import { CreateKeyDialog, RevokeKeyDialog } from '../features/api-keys/key-dialogs.js';
import { LimitKeyDialog } from '../features/api-keys/limit-key-dialog.js';
import { useMay } from '../shared/api/session.js';
import { ago, count } from '../shared/format.js';
import { actsColumn } from '../shared/records/columns.js';
import { TablePage } from '../shared/records/table-page.js';
import { RoleChips } from '../shared/records/role-picker.js';
import { useDialog } from '../shared/records/use-dialog.js';
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
  const { what, row, show, close } = useDialog<'create' | 'limit' | 'revoke', ApiKey>(list.data, idOf);
  return (
    <TablePage
      title="API keys"
      note={inUse}
      action={
        mayCreate && (
          <Button kind="primary" icon={<KeyRound size={15} aria-hidden />} onClick={() => show('create')}>
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
          render: ({ name, hint }) => (
            <>
              <span className="font-medium">{name}</span> <code className="text-faint">…{hint}</code>
            </>
          ),
        },
        { name: 'For', render: ({ kind }) => kind },
        { name: 'May', render: (key) => <May of={key} /> },
        { name: 'At most', render: (key) => <AtMost of={key} /> },
        {
          name: 'Made',
          render: ({ createdAt, createdBy }) => (
            <span title={createdAt}>{`${ago(createdAt)} by ${createdBy}`}</span>
          ),
        },
        {
          name: 'Last used',
          render: ({ lastUsedAt }) =>
            lastUsedAt ? (
              <span title={lastUsedAt}>{ago(lastUsedAt)}</span>
            ) : (
              <span className="text-faint">never</span>
            ),
        },
        {
          name: 'State',
          render: (key) => <KeyState of={key} />,
        },
        ...actsColumn<ApiKey>(
          ({ name }) => name,
          [
            mayLimit && {
              label: 'Limit',
              of: 'Limit',
              when: ({ revokedAt, kind }) => !revokedAt && kind === 'agent',
              onClick: (key) => show('limit', key),
            },
            mayRevoke && {
              label: 'Revoke',
              of: 'Revoke',
              when: ({ revokedAt }) => !revokedAt,
              onClick: (key) => show('revoke', key),
            },
          ],
        ),
      ]}
    >
      {what === 'create' && <CreateKeyDialog tenant={scope} onClose={close} />}
      {what === 'limit' && row && <LimitKeyDialog tenant={scope} of={row} onClose={close} />}
      {what === 'revoke' && row && <RevokeKeyDialog tenant={scope} of={row} onClose={close} />}
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
