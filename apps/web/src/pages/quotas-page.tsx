/** Quotas: how often a tool may be called, by whom, and who is near the limit. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Quotas } from '../features/quotas/quotas.js';
import { quotaUseQuery } from '../features/quotas/quotas.queries.js';
import { DraftFrame } from '../shared/policy-draft/draft-frame.js';
import { useEditing } from '../shared/policy-draft/editing.js';
import { ReadError, readOf } from '../shared/records/list-state.js';
import { PageHead } from '../shared/ui/panel.js';

const route = getRouteApi('/$scope/quotas');

export default function QuotasPage() {
  const { scope } = route.useParams();
  return <QuotasOf key={scope} tenant={scope} />;
}

function QuotasOf({ tenant }: { readonly tenant: string }) {
  const { q, open } = route.useSearch();
  const navigate = route.useNavigate();
  const { draft, editing } = useEditing(tenant);
  const use = useQuery(quotaUseQuery(tenant));
  const go = (change: { q?: string | undefined; open?: string | undefined }) =>
    void navigate({ search: (was) => ({ ...was, ...change }), replace: true });
  return (
    <div className="flex h-full min-h-[420px] flex-col gap-3">
      <PageHead title="Quotas" note={editing.readOnly ?? 'counted at every decision, exact under race'} />
      <DraftFrame tenant={tenant} draft={draft}>
        {() => (
          <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto">
            <ReadError of={readOf(use)} />
            <Quotas
              editing={editing}
              use={use.data}
              open={open}
              onOpen={(next) => go({ open: next })}
              filter={{ value: q, onChange: (next) => go({ q: next || undefined }) }}
            />
          </div>
        )}
      </DraftFrame>
    </div>
  );
}
