/** The reasons a cell shows what it shows, and what else stands in the way of a call: docked, the grid stays live. */
import { explainTool, type CellName, type PolicyDocument, type ToolExplanation } from '@reeve/policy';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { ago, count } from '../../../shared/format.js';
import { windowWords } from '../../../shared/policy-draft/change-words.js';
import { stopsInForceQuery, toolStatsQuery } from '../../../shared/policy-draft/policy-draft.queries.js';
import { IconButton } from '../../../shared/ui/button.js';
import { ClassChip } from '../../../shared/ui/class-chip.js';
import { EffectPill } from '../../../shared/ui/effect-pill.js';
import { StatusShape } from '../../../shared/ui/status.js';
import { useMemo, type ReactNode } from 'react';

export function WhyPanel({
  tenant,
  cell,
  document,
  base,
  onClose,
}: {
  readonly tenant: string;
  readonly cell: CellName | null;
  readonly document: PolicyDocument;
  readonly base: PolicyDocument;
  readonly onClose: () => void;
}) {
  return (
    <aside
      aria-label="Why"
      className="flex w-[320px] max-w-full shrink-0 flex-col overflow-y-auto rounded-card border border-line bg-surface max-[1099px]:w-[280px] max-[899px]:absolute max-[899px]:inset-y-0 max-[899px]:right-0 max-[899px]:z-20 max-[899px]:shadow-float"
    >
      <header className="sticky top-0 flex min-h-9 items-center border-b border-line bg-surface px-3">
        <h2 className="text-13">Why</h2>
        <IconButton label="Close" className="ml-auto" onClick={onClose}>
          <X size={14} aria-hidden />
        </IconButton>
      </header>
      {cell === null ? (
        <p className="p-3 text-13 text-muted">A group’s row stands for its tools. Go to one of them.</p>
      ) : (
        <Explanation tenant={tenant} cell={cell} document={document} base={base} />
      )}
    </aside>
  );
}

/** The policy's explanation of itself; nothing is worked out here. */
function Explanation({
  tenant,
  cell: { role, tool },
  document,
  base,
}: {
  readonly tenant: string;
  readonly cell: CellName;
  readonly document: PolicyDocument;
  readonly base: PolicyDocument;
}) {
  const { data: switches, error } = useQuery(stopsInForceQuery(tenant));
  const now = useMemo(
    () => explainTool(document, role, tool, { switches: switches ?? [] }),
    [document, role, tool, switches],
  );
  const before = useMemo(
    () => explainTool(base, role, tool, { switches: switches ?? [] }),
    [base, role, tool, switches],
  );
  return (
    <div className="flex flex-col gap-4 p-3">
      <div>
        <p className="text-13 break-words">
          <span className="font-semibold">{role}</span> × <span className="mono">{tool}</span>
        </p>
        <p className="mt-1.5 flex flex-wrap items-center gap-2">
          <Effective of={now.effective} />
          {now.conditional && <span className="text-12 text-muted">on conditions</span>}
          {now.toolClass && <ClassChip of={now.toolClass} />}
          {now.effective !== before.effective && (
            <span className="text-12 text-muted">was {EFFECTIVE_WORD[before.effective]}</span>
          )}
        </p>
        {now.because && <p className="mt-1 text-13 text-deny">{now.because}</p>}
        {error && (
          <p role="alert" className="mt-1 text-12 text-deny">
            Whether it is stopped could not be read: {error.message}
          </p>
        )}
      </div>
      {now.stops.length > 0 && (
        <Part title="Stops in force">
          {now.stops.map(({ id, scope, target, reason }) => (
            <p key={id}>
              {scope.replace('_', ' ')} {target}: “{reason}”
            </p>
          ))}
        </Part>
      )}
      <Part title="Permission">
        {now.cells.length === 0 ? (
          <p className="text-muted">No cell grants it: denied.</p>
        ) : (
          <ol className="flex flex-col gap-1">
            {now.cells.map((one, i) => (
              <CellLine key={one.role} cell={one} decides={i === 0} />
            ))}
          </ol>
        )}
        <p className="mt-1 text-12 text-faint">
          A subject’s own grant or denial of this tool comes before its roles.
        </p>
      </Part>
      <Part title="Assistants that may use it">
        {now.assistants.length === 0 ? (
          <p className="text-deny">None: denied for every agent, whatever the role.</p>
        ) : (
          <p>{now.assistants.join(', ')}</p>
        )}
        {now.stoppedAssistants.length > 0 && (
          <p className="text-muted">stopped: {now.stoppedAssistants.join(', ')}</p>
        )}
      </Part>
      <Part title="Guardrails">
        {now.guardrails.length === 0 ? (
          <p className="text-muted">None</p>
        ) : (
          now.guardrails.map(({ name, title, words }) => (
            <p key={name}>
              {title} {words && <span className="text-12 text-muted">when {words}</span>}
            </p>
          ))
        )}
      </Part>
      <Part title="Quotas">
        {now.quotas.length === 0 ? (
          <p className="text-muted">None</p>
        ) : (
          now.quotas.map(({ name, limit, windowSeconds, per, holder, from }) => (
            <p key={name}>
              {count(limit)} in {windowWords(windowSeconds)} per {per} {holder}
              {from && <span className="text-12 text-muted"> inherited from {from}</span>}
            </p>
          ))
        )}
      </Part>
      <Usage tenant={tenant} tool={tool} />
    </div>
  );
}

const EFFECTIVE_WORD = {
  allow: 'Allow',
  approve: 'Ask',
  deny: 'Deny',
  none: 'No',
  stopped: 'Stopped',
} as const satisfies Record<ToolExplanation['effective'], string>;

function Effective({ of }: { readonly of: ToolExplanation['effective'] }) {
  if (of !== 'stopped') return <EffectPill effect={of} />;
  return (
    <span className="inline-flex h-5 items-center gap-1.5 rounded-chip px-1.5 text-12 font-medium text-deny ring-1 ring-deny ring-inset">
      <StatusShape tone="crit" />
      Stopped
    </span>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 text-11 font-semibold text-faint">{title}</h3>
      <div className="text-13">{children}</div>
    </section>
  );
}

function CellLine({
  cell: { role, inherited, effect, when, words },
  decides,
}: {
  readonly cell: ToolExplanation['cells'][number];
  readonly decides: boolean;
}) {
  return (
    <li>
      <span className="flex items-center gap-2">
        <EffectPill effect={effect} />
        <span className="min-w-0 truncate">{inherited ? `inherited from ${role}` : 'own cell'}</span>
        {decides && <span className="ml-auto text-12 text-muted">asked first</span>}
      </span>
      {words !== null && <span className="mt-0.5 block break-words">when {words}</span>}
      {when !== null && <code className="mt-0.5 block break-words text-muted">{when}</code>}
    </li>
  );
}

function Usage({ tenant, tool }: { readonly tenant: string; readonly tool: string }) {
  const { data, error } = useQuery(toolStatsQuery(tenant));
  const stats = data?.get(tool);
  return (
    <Part title="Past 7 days, all roles">
      {stats === undefined ? (
        <p className="text-muted">
          {data !== undefined ? 'Nobody asked for it.' : error ? `Not known: ${error.message}` : '…'}
        </p>
      ) : (
        <>
          <p>
            {count(stats.calls)} calls: {count(stats.allowed)} allowed, {count(stats.asked)} asked,{' '}
            {count(stats.denied)} denied
          </p>
          {stats.lastCalledAt && <p className="text-12 text-faint">last {ago(stats.lastCalledAt)}</p>}
          <Link
            to="/$scope/evaluations"
            params={{ scope: tenant }}
            search={{ tool: [tool], t: '7d' }}
            className="text-accent underline underline-offset-2"
          >
            Decisions
          </Link>
        </>
      )}
    </Part>
  );
}
