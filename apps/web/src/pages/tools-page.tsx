/** Tools: what each can do, how it is classed and why, who may use it. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { FileInput } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type * as z from 'zod/mini';
import { StopButton } from '../features/kill-switch/stop-button.js';
import { Tools } from '../features/tools/tools.js';
import type { toolsSearch } from '../features/tools/tools.search.js';
import { ago, count } from '../shared/format.js';
import { DraftFrame } from '../shared/policy-draft/draft-frame.js';
import { useEditing } from '../shared/policy-draft/editing.js';
import { NEW } from '../shared/policy-draft/named-list.js';
import { toolStatsQuery, unknownToolsQuery } from '../shared/policy-draft/policy-draft.queries.js';
import { useShow } from '../shared/showing.js';
import { Button } from '../shared/ui/button.js';
import { PageHead, Panel } from '../shared/ui/panel.js';

// What reads YAML and checks schemas comes when somebody imports.
const ImportDialog = lazy(() => import('../features/tools/import-dialog.js'));

const route = getRouteApi('/$scope/tools');

export default function ToolsPage() {
  const { scope } = route.useParams();
  return <ToolsOf key={scope} tenant={scope} />;
}

function ToolsOf({ tenant }: { readonly tenant: string }) {
  const { q, tool } = route.useSearch();
  const navigate = route.useNavigate();
  const { draft, editing } = useEditing(tenant);
  const { data: stats } = useQuery(toolStatsQuery(tenant));
  const [importing, setImporting] = useState(false);
  const go = (change: z.infer<typeof toolsSearch>) =>
    void navigate({ search: (was) => ({ ...was, ...change }), replace: true });
  const shown = tool === NEW ? undefined : tool;
  useShow({ tool: shown });
  return (
    <div className="flex h-full min-h-[420px] flex-col gap-3">
      <PageHead title="Tools" note={editing.readOnly} />
      <DraftFrame tenant={tenant} draft={draft}>
        {() => (
          <Tools
            editing={editing}
            open={tool}
            onOpen={(next) => go({ tool: next })}
            filter={{ value: q, onChange: (next) => go({ q: next || undefined }) }}
            askedOf={(name) => stats && (stats.get(name) ?? { calls: 0, denied: 0 })}
            usage={shown && <Usage tenant={tenant} of={shown} />}
            acts={shown && <StopButton tenant={tenant} of={{ scope: 'tool', target: shown }} />}
            above={<UnknownTools tenant={tenant} />}
            actions={
              <Button
                size="sm"
                icon={<FileInput size={13} aria-hidden />}
                disabled={editing.readOnly !== null}
                onClick={() => setImporting(true)}
              >
                Import…
              </Button>
            }
          />
        )}
      </DraftFrame>
      {importing && (
        <Suspense>
          <ImportDialog
            document={editing.document}
            onImport={(edits) => {
              editing.editor.edit(edits);
              setImporting(false);
            }}
            onClose={() => setImporting(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

function Usage({ tenant, of }: { readonly tenant: string; readonly of: string }) {
  const { data: stats, error } = useQuery(toolStatsQuery(tenant));
  const used = stats?.get(of);
  return (
    <p className="text-muted">
      {stats === undefined
        ? error
          ? `How often it is asked for is not known: ${error.message}`
          : '…'
        : used === undefined
          ? 'Nobody asked for it in the past 7 days.'
          : `Past 7 days: ${count(used.calls)} calls, ${count(used.asked)} asked, ${count(used.denied)} denied; last ${used.lastCalledAt == null ? 'unknown' : ago(used.lastCalledAt)}.`}
    </p>
  );
}

/** Tools that agents asked for and that the policy does not have. */
function UnknownTools({ tenant }: { readonly tenant: string }) {
  const { data: unknown } = useQuery(unknownToolsQuery(tenant));
  if (unknown === undefined || unknown.nodes.length === 0) return null;
  return (
    <Panel title="Asked for, but unknown" note="denied: no such tool in this policy" className="shrink-0">
      <p className="flex flex-wrap gap-x-4 gap-y-1">
        {unknown.nodes.map(({ tool, calls }) => (
          <span key={tool}>
            <span className="mono">{tool}</span> <span className="text-muted">{count(calls)} calls</span>
          </span>
        ))}
        {unknown.hasNextPage && <span className="text-muted">and others, less often</span>}
      </p>
    </Panel>
  );
}
