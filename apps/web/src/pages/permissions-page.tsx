/** Permissions: who may use which tool, and what changes when somebody edits that. */
import { entriesOf } from '@reeve/policy';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';
import { Assistants } from '../features/permissions/assistants.js';
import { GridTab } from '../features/permissions/grid/grid-tab.js';
import { Guardrails } from '../features/permissions/guardrails.js';
import { HistoryTab } from '../features/permissions/history-tab.js';
import { TAB_OF, type PermissionsSearch } from '../features/permissions/permissions.search.js';
import { Roles } from '../features/permissions/roles.js';
import { Types } from '../features/permissions/types.js';
import { ago } from '../shared/format.js';
import { DraftFrame } from '../shared/policy-draft/draft-frame.js';
import { useEditing } from '../shared/policy-draft/editing.js';
import type { ListProps } from '../shared/policy-draft/named-list.js';
import { PageHead } from '../shared/ui/panel.js';
import { Views } from '../shared/ui/views.js';

const route = getRouteApi('/$scope/permissions');

const LISTS: {
  readonly [tab in (typeof TAB_OF)[keyof typeof TAB_OF]]: (props: ListProps) => ReactNode;
} = { types: Types, roles: Roles, guardrails: Guardrails, assistants: Assistants };
const KINDS_OF_TABS = (Object.keys(TAB_OF) as (keyof typeof TAB_OF)[]).map(
  (kind) => [kind, TAB_OF[kind]] as const,
);

export default function PermissionsPage() {
  const { scope } = route.useParams();
  return <Permissions key={scope} tenant={scope} />;
}

function Permissions({ tenant }: { readonly tenant: string }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { draft, editing } = useEditing(tenant);
  const { document, readOnly } = editing;
  const { tab = 'grid', open } = search;
  const List = tab === 'grid' || tab === 'history' ? null : LISTS[tab];
  const onSearch = useCallback(
    (change: Partial<PermissionsSearch>) =>
      void navigate({ search: (was) => ({ ...was, ...change }), replace: true }),
    [navigate],
  );
  return (
    <div className="flex h-full min-h-[420px] flex-col gap-3">
      <PageHead
        title="Permissions"
        note={
          draft.current &&
          (draft.current.revision === 0 ? (
            'nothing is published yet'
          ) : (
            <>
              v{draft.current.revision} · {draft.current.publishedBy}, {ago(draft.current.publishedAt)}
            </>
          ))
        }
        actions={readOnly && <span className="text-12 text-muted">{readOnly}</span>}
      />
      <DraftFrame tenant={tenant} draft={draft}>
        {(review) => (
          <Views
            label="Permissions"
            value={tab}
            onChange={(next) => onSearch({ tab: next === 'grid' ? undefined : next, open: undefined })}
            views={[
              { value: 'grid', label: 'Grid' },
              ...KINDS_OF_TABS.map(([kind, value]) => ({
                value,
                label: value.charAt(0).toUpperCase() + value.slice(1),
                count: entriesOf(document, kind).length,
              })),
              { value: 'history', label: 'History' },
            ]}
          >
            {tab === 'grid' && (
              <GridTab
                tenant={tenant}
                draft={draft}
                search={search}
                onSearch={onSearch}
                readOnly={readOnly}
                onReview={review}
              />
            )}
            {List && <List editing={editing} open={open} onOpen={(next) => onSearch({ open: next })} />}
            {tab === 'history' && (
              <HistoryTab
                tenant={tenant}
                document={document}
                base={search.base}
                vs={search.vs}
                onCompare={(base, vs) => onSearch({ base, vs })}
                readOnly={readOnly}
              />
            )}
          </Views>
        )}
      </DraftFrame>
    </div>
  );
}
