/** Quotas: how often a tool may be called, by whom, and who is near the limit. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { AddQuota } from '../features/quotas/add-quota.js';
import { QuotaTable } from '../features/quotas/quota-table.js';
import { quotaRows } from '../features/quotas/quota-rows.js';
import { quotaUseQuery } from '../features/quotas/quotas.queries.js';
import { DraftFrame, useReadOnly } from '../shared/policy-draft/draft-frame.js';
import { FilterInput } from '../shared/policy-draft/filter-input.js';
import { usePolicyEditor } from '../shared/policy-draft/use-policy-editor.js';
import { Button } from '../shared/ui/button.js';
import { PageHead, Panel } from '../shared/ui/panel.js';
import { Empty, ErrorCard } from '../shared/ui/states.js';

const route = getRouteApi('/$scope/quotas');

export default function QuotasPage() {
  const { scope } = route.useParams();
  return <Quotas key={scope} tenant={scope} />;
}

function Quotas({ tenant }: { readonly tenant: string }) {
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const draft = usePolicyEditor(tenant);
  const readOnly = useReadOnly(tenant);
  const { data: use, error, dataUpdatedAt, refetch } = useQuery(quotaUseQuery(tenant));
  const [adding, setAdding] = useState(false);
  const { document, base } = draft.draft;
  const rows = quotaRows(document, use, q);
  const total = Object.keys(document.quotas).length;
  return (
    <div className="flex h-full min-h-[420px] flex-col gap-3">
      <PageHead
        title="Quotas"
        note={readOnly ?? 'counted at every decision, exact under race'}
        actions={
          <>
            <FilterInput
              label="Filter quotas"
              value={q}
              onChange={(next) =>
                void navigate({ search: (was) => ({ ...was, q: next || undefined }), replace: true })
              }
            />
            <Button
              size="sm"
              icon={<Plus size={13} aria-hidden />}
              disabled={readOnly !== null}
              onClick={() => setAdding(true)}
            >
              Add quota
            </Button>
          </>
        }
      />
      <DraftFrame tenant={tenant} draft={draft}>
        {() => (
          <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto">
            {error && <ErrorCard error={error} onRetry={() => void refetch()} asOf={use && dataUpdatedAt} />}
            <Panel
              title="Limits"
              note={rows.length === total ? `${total} quotas` : `${rows.length} of ${total} quotas`}
              flush
            >
              {rows.length === 0 ? (
                <Empty title={total === 0 ? 'No quotas' : 'No quota matches'}>
                  {total === 0
                    ? 'Nothing limits how often a permitted tool is called.'
                    : 'The filter hides all of them.'}
                </Empty>
              ) : (
                <QuotaTable
                  rows={rows}
                  base={base}
                  readOnly={readOnly !== null}
                  onQuota={(name, value) => draft.editor.edit([{ kind: 'quota', name, value }])}
                />
              )}
            </Panel>
          </div>
        )}
      </DraftFrame>
      {adding && (
        <AddQuota
          document={document}
          onAdd={(name, value) => draft.editor.edit([{ kind: 'quota', name, value }])}
          onClose={() => setAdding(false)}
        />
      )}
    </div>
  );
}
