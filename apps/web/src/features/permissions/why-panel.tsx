/** Why a cell shows what it shows, and what else stands in the way of a call: docked, the grid stays live. */
import type { PolicyDocument, PolicyCell } from '@reeve/policy';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { ago, count } from '../../shared/format.js';
import { windowWords } from '../../shared/policy-draft/change-words.js';
import { toolStatsQuery } from '../../shared/policy-draft/policy-draft.queries.js';
import { IconButton } from '../../shared/ui/button.js';
import { ClassChip } from '../../shared/ui/class-chip.js';
import { EffectPill } from '../../shared/ui/effect-pill.js';
import type { CellName } from './cell-edits.js';
import type { Explain } from './grid-model.js';
import type { ReactNode } from 'react';

export function WhyPanel({
  tenant,
  cell,
  document,
  explain,
  explainBase,
  onClose,
}: {
  readonly tenant: string;
  readonly cell: CellName | null;
  readonly document: PolicyDocument;
  readonly explain: Explain;
  readonly explainBase: Explain;
  readonly onClose: () => void;
}) {
  return (
    <aside
      aria-label="Why"
      className="flex w-[320px] shrink-0 flex-col overflow-y-auto rounded-card border border-line bg-surface max-[1099px]:w-[280px]"
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
        <Explanation
          tenant={tenant}
          cell={cell}
          document={document}
          explain={explain}
          explainBase={explainBase}
        />
      )}
    </aside>
  );
}

function Explanation({
  tenant,
  cell,
  document,
  explain,
  explainBase,
}: {
  readonly tenant: string;
  readonly cell: CellName;
  readonly document: PolicyDocument;
  readonly explain: Explain;
  readonly explainBase: Explain;
}) {
  const { role, tool } = cell;
  const now = explain(role, tool);
  const before = explainBase(role, tool);
  const definition = document.tools[tool];
  const guardrails = Object.entries(document.guardrails).filter(([, guardrail]) =>
    guardrail.tools.includes(tool),
  );
  const quotas = Object.entries(document.quotas).filter(
    ([, quota]) =>
      (quota.tool === tool || quota.toolClass === definition?.class) &&
      (quota.per !== 'role' || quota.holder === role),
  );
  const assistants = Object.entries(document.assistants).filter(([, assistant]) =>
    assistant.tools.includes(tool),
  );
  const is = now.effective?.effect ?? 'none';
  const was = before.effective?.effect ?? 'none';
  return (
    <div className="flex flex-col gap-4 p-3">
      <div>
        <p className="text-13 break-words">
          <span className="font-semibold">{role}</span> × <span className="mono">{tool}</span>
        </p>
        <p className="mt-1.5 flex items-center gap-2">
          <EffectPill effect={is} />
          {definition && <ClassChip of={definition.class} />}
          {is !== was && (
            <span className="text-12 text-muted">
              was {was === 'none' ? 'No' : was === 'approve' ? 'Ask' : was}
            </span>
          )}
        </p>
      </div>
      <Part title="Permission">
        {now.cells.length === 0 ? (
          <p className="text-muted">No cell grants it: denied.</p>
        ) : (
          <ol className="flex flex-col gap-1">
            {now.cells.map((one, i) => (
              <CellLine key={one.role} cell={one} own={one.role === role} decides={i === 0} />
            ))}
          </ol>
        )}
        {now.humanOnly && (
          <p className="mt-1 text-ask">
            Human-only: an agent may propose it, a person executes. Allow is not possible.
          </p>
        )}
        <p className="mt-1 text-12 text-faint">
          A subject’s own grant or denial of this tool comes before its roles.
        </p>
      </Part>
      <Part title="Assistants that may use it">
        {assistants.length === 0 ? (
          <p className="text-deny">None: denied for every agent, whatever the role.</p>
        ) : (
          <p>{assistants.map(([name]) => name).join(', ')}</p>
        )}
      </Part>
      <Part title="Guardrails">
        {guardrails.length === 0 ? (
          <p className="text-muted">None</p>
        ) : (
          guardrails.map(([name, { title, enabled }]) => (
            <p key={name}>
              {title} {!enabled && <span className="text-faint">(off)</span>}
            </p>
          ))
        )}
      </Part>
      <Part title="Quotas">
        {quotas.length === 0 ? (
          <p className="text-muted">None</p>
        ) : (
          quotas.map(([name, { limit, windowSeconds, per, holder }]) => (
            <p key={name}>
              {count(limit)} in {windowWords(windowSeconds)} per {per}
              {holder === undefined ? '' : ` ${holder}`}
            </p>
          ))
        )}
      </Part>
      <Usage tenant={tenant} tool={tool} />
    </div>
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
  cell,
  own,
  decides,
}: {
  readonly cell: PolicyCell;
  readonly own: boolean;
  readonly decides: boolean;
}) {
  return (
    <li>
      <span className="flex items-center gap-2">
        <EffectPill effect={cell.effect} />
        <span className="min-w-0 truncate">{own ? 'own cell' : `inherited from ${cell.role}`}</span>
        {decides && <span className="ml-auto text-12 text-muted">asked first</span>}
      </span>
      {cell.when !== undefined && (
        <code className="mt-0.5 block break-words text-muted">when {cell.when}</code>
      )}
    </li>
  );
}

function Usage({ tenant, tool }: { readonly tenant: string; readonly tool: string }) {
  const { data } = useQuery(toolStatsQuery(tenant));
  const stats = data?.get(tool);
  return (
    <Part title="Past 7 days, all roles">
      {stats === undefined ? (
        <p className="text-muted">{data === undefined ? '…' : 'Nobody asked for it.'}</p>
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
