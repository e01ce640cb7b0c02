/** Permissions: who may use which tool, and what changes when somebody edits that. */
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { AssistantsTab } from '../features/permissions/assistants-tab.js';
import { GridTab } from '../features/permissions/grid/grid-tab.js';
import { GuardrailsTab } from '../features/permissions/guardrails-tab.js';
import { HistoryTab } from '../features/permissions/history-tab.js';
import type { PermissionsSearch } from '../features/permissions/permissions.search.js';
import { RolesTab } from '../features/permissions/roles-tab.js';
import { TypesTab } from '../features/permissions/types-tab.js';
import { ago } from '../shared/format.js';
import { DraftFrame, useReadOnly } from '../shared/policy-draft/draft-frame.js';
import { usePolicyEditor } from '../shared/policy-draft/use-policy-editor.js';
import { PageHead } from '../shared/ui/panel.js';
import { Views } from '../shared/ui/views.js';

const route = getRouteApi('/$scope/permissions');

export default function PermissionsPage() {
  const { scope } = route.useParams();
  return <Permissions key={scope} tenant={scope} />;
}

function Permissions({ tenant }: { readonly tenant: string }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const draft = usePolicyEditor(tenant);
  const readOnly = useReadOnly(tenant);
  const { document } = draft.draft;
  const { tab = 'grid' } = search;
  const editing = { document, editor: draft.editor, readOnly };
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
            onChange={(next) => onSearch({ tab: next === 'grid' ? undefined : next })}
            views={[
              { value: 'grid', label: 'Grid' },
              { value: 'types', label: 'Types', count: Object.keys(document.resourceTypes).length },
              { value: 'roles', label: 'Roles', count: Object.keys(document.roles).length },
              { value: 'guardrails', label: 'Guardrails', count: Object.keys(document.guardrails).length },
              { value: 'assistants', label: 'Assistants', count: Object.keys(document.assistants).length },
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
            {tab === 'types' && <TypesTab {...editing} />}
            {tab === 'roles' && <RolesTab {...editing} />}
            {tab === 'guardrails' && <GuardrailsTab {...editing} />}
            {tab === 'assistants' && <AssistantsTab {...editing} />}
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
