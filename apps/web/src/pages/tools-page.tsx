/** Tools: what each can do, how it is classed and why, who may use it. */
import { changeTool, removal } from '@reeve/policy';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { FileInput, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { StopButton } from '../features/kill-switch/stop-button.js';
import { ToolPeek } from '../features/tools/tool-peek.js';
import { ToolTable } from '../features/tools/tool-table.js';
import type * as z from 'zod/mini';
import type { toolsSearch } from '../features/tools/tools.search.js';
import { ago, count } from '../shared/format.js';
import { DraftFrame, useReadOnly } from '../shared/policy-draft/draft-frame.js';
import { FilterInput } from '../shared/policy-draft/filter-input.js';
import { toolStatsQuery, unknownToolsQuery } from '../shared/policy-draft/policy-draft.queries.js';
import { usePolicyEditor } from '../shared/policy-draft/use-policy-editor.js';
import { useShow } from '../shared/showing.js';
import { Button } from '../shared/ui/button.js';
import { PageHead, Panel } from '../shared/ui/panel.js';
import { Empty } from '../shared/ui/states.js';

// What reads YAML and checks schemas comes when somebody imports.
const ImportDialog = lazy(() => import('../features/tools/import-dialog.js'));

const route = getRouteApi('/$scope/tools');
/** A new tool has no name a tool could have. */
const NEW = '+';

export default function ToolsPage() {
  const { scope } = route.useParams();
  return <Tools key={scope} tenant={scope} />;
}

function Tools({ tenant }: { readonly tenant: string }) {
  const { q = '', tool } = route.useSearch();
  const navigate = route.useNavigate();
  const draft = usePolicyEditor(tenant);
  const readOnly = useReadOnly(tenant);
  const { data: stats, error: uncounted } = useQuery(toolStatsQuery(tenant));
  const { document } = draft.draft;
  const [importing, setImporting] = useState(false);
  const go = (change: z.infer<typeof toolsSearch>) =>
    void navigate({ search: (was) => ({ ...was, ...change }), replace: true });
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const names = Object.keys(document.tools).filter((name) => {
    const { server, owner, description, class: toolClass } = document.tools[name]!;
    const text = `${name} ${server} ${owner} ${description} ${toolClass}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const total = Object.keys(document.tools).length;
  const { data: unknown } = useQuery(unknownToolsQuery(tenant));
  const changed = new Set(draft.draft.changes.filter(({ kind }) => kind === 'tool').map(({ name }) => name));
  const used = tool === undefined ? undefined : stats?.get(tool);
  useShow({ tool: tool === NEW ? undefined : tool });
  const shown = tool === NEW || (tool !== undefined && Object.hasOwn(document.tools, tool));
  return (
    <div className="flex h-full min-h-[420px] flex-col gap-3">
      <PageHead
        title="Tools"
        note={readOnly ?? (names.length === total ? `${total} tools` : `${names.length} of ${total} tools`)}
        actions={
          <>
            <FilterInput label="Filter tools" value={q} onChange={(next) => go({ q: next || undefined })} />
            <Button
              size="sm"
              icon={<FileInput size={13} aria-hidden />}
              disabled={readOnly !== null}
              onClick={() => setImporting(true)}
            >
              Import…
            </Button>
            <Button
              size="sm"
              icon={<Plus size={13} aria-hidden />}
              disabled={readOnly !== null}
              onClick={() => go({ tool: NEW })}
            >
              Add tool
            </Button>
          </>
        }
      />
      <DraftFrame tenant={tenant} draft={draft}>
        {() => (
          <div className="relative flex min-h-0 flex-1 gap-3">
            <div className="flex min-w-0 flex-1 flex-col gap-3 overflow-y-auto">
              {unknown !== undefined && unknown.nodes.length > 0 && (
                <Panel
                  title="Asked for, but unknown"
                  note="denied: no such tool in this policy"
                  className="shrink-0"
                >
                  <p className="flex flex-wrap gap-x-4 gap-y-1">
                    {unknown.nodes.map((one) => (
                      <span key={one.tool}>
                        <span className="mono">{one.tool}</span>{' '}
                        <span className="text-muted">{count(one.calls)} calls</span>
                      </span>
                    ))}
                    {unknown.hasNextPage && <span className="text-muted">and others, less often</span>}
                  </p>
                </Panel>
              )}
              <Panel
                title="Tools"
                note="a tool nobody classed is unknown, and denied"
                flush
                className="shrink-0"
              >
                {names.length === 0 ? (
                  <Empty title={total === 0 ? 'No tools yet' : 'No tool matches'}>
                    {total === 0
                      ? 'An agent is denied every tool that is not listed here.'
                      : 'The filter hides all of them.'}
                  </Empty>
                ) : (
                  <ToolTable
                    names={names}
                    document={document}
                    usageOf={(name) =>
                      stats === undefined ? undefined : (stats.get(name) ?? { calls: 0, denied: 0 })
                    }
                    chosen={tool}
                    narrow={shown}
                    changed={changed}
                    onChoose={(name) => go({ tool: name })}
                  />
                )}
              </Panel>
            </div>
            {shown && (
              <ToolPeek
                // Another tool, or the same one edited elsewhere: another form.
                key={`${tool} ${JSON.stringify(document.tools[tool])}`}
                name={tool === NEW ? '' : tool}
                document={document}
                readOnly={readOnly}
                usage={
                  <p className="text-muted">
                    {stats === undefined
                      ? uncounted
                        ? `How often it is asked for is not known: ${uncounted.message}`
                        : '…'
                      : used === undefined
                        ? 'Nobody asked for it in the past 7 days.'
                        : `Past 7 days: ${count(used.calls)} calls, ${count(used.asked)} asked, ${count(used.denied)} denied; last ${used.lastCalledAt == null ? 'unknown' : ago(used.lastCalledAt)}.`}
                  </p>
                }
                onSave={(name, value) => {
                  draft.editor.edit(changeTool(document, name, value));
                  go({ tool: name });
                }}
                onRemove={(name) => {
                  draft.editor.edit(removal(document, 'tool', name));
                  go({ tool: undefined });
                }}
                onClose={() => go({ tool: undefined })}
                actions={<StopButton tenant={tenant} of={{ scope: 'tool', target: tool }} />}
              />
            )}
          </div>
        )}
      </DraftFrame>
      {importing && (
        <Suspense>
          <ImportDialog
            document={document}
            onImport={(edits) => {
              draft.editor.edit(edits);
              setImporting(false);
            }}
            onClose={() => setImporting(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
