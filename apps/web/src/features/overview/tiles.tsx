/** The figures that answer "is it safe now?", each with what it was before and how it moved. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ALL } from '../../shared/api/session.js';
import { count, delta, percent } from '../../shared/format.js';
import { UNGOVERNED } from '../../shared/records/outcome-words.js';
import { Spark } from '../../shared/ui/spark.js';
import { Status, StatusShape, type Tone } from '../../shared/ui/status.js';
import type { Overview } from './overview.queries.js';

interface Tile {
  readonly label: string;
  readonly value: string;
  readonly tone: Tone;
  readonly note: string;
  readonly points: readonly number[];
  readonly filter: Record<string, unknown>;
}

const against = (now: number, before: number) => {
  const change = delta(now, before);
  return change === null ? 'as before' : change === 'new' ? 'none before' : `${change} vs before`;
};

const NOTHING_ASKED = { tone: 'unknown', note: 'nothing was asked' } as const;

function tilesOf({ totals, previous, series, outcomes }: Overview): Tile[] {
  const worse = (now: number, before: number): Tone =>
    now > before * 1.25 && now - before > 5 ? 'warn' : 'ok';
  return [
    {
      label: 'Evaluations',
      value: count(totals.evaluations),
      tone: 'info',
      note: against(totals.evaluations, previous.evaluations),
      points: series.map((b) => b.allow + b.confirm + b.approve + b.replay + b.deny),
      filter: {},
    },
    {
      label: 'Denied',
      value: count(totals.deny),
      ...(totals.evaluations === 0
        ? NOTHING_ASKED
        : {
            tone: worse(totals.deny, previous.deny),
            note: `${percent(totals.deny, totals.evaluations)} of all · ${against(totals.deny, previous.deny)}`,
          }),
      points: series.map((b) => b.deny),
      filter: { effect: ['deny'] },
    },
    {
      label: 'Asked a person',
      value: count(totals.approve + totals.confirm),
      ...(totals.evaluations === 0
        ? NOTHING_ASKED
        : {
            tone: worse(totals.approve, previous.approve),
            note: against(totals.approve + totals.confirm, previous.approve + previous.confirm),
          }),
      points: series.map((b) => b.approve + b.confirm),
      filter: { effect: ['approve', 'confirm'] },
    },
    {
      label: 'Allowed, no result reported',
      value: count(outcomes.missing),
      tone:
        outcomes.drifted > 0 ? 'crit' : outcomes.missing > 0 ? 'warn' : totals.allow > 0 ? 'ok' : 'unknown',
      note:
        outcomes.drifted > 0
          ? `${count(outcomes.drifted)} ran other arguments`
          : totals.allow === 0
            ? 'nothing was allowed'
            : `of ${count(totals.allow)} allowed · ${count(outcomes.failed)} failed`,
      points: series.map((b) => b.allow),
      filter: { effect: ['allow'], reported: false },
    },
  ];
}

/** Told only where there are any: an agent that asks before it acts has none. */
export function Ungoverned({ of, scope }: { readonly of: Overview; readonly scope: string }) {
  const { ungoverned } = of.outcomes;
  if (ungoverned === 0) return null;
  const told = `${count(ungoverned)} ${ungoverned === 1 ? 'call' : 'calls'} ran without a decision`;
  return (
    <p className="text-13">
      <Status tone="crit">
        {scope === ALL ? (
          told
        ) : (
          <Link
            to="/$scope/audit"
            params={{ scope }}
            search={(was: object) => ({ ...was, ...UNGOVERNED })}
            className="text-accent hover:underline"
          >
            {told}
          </Link>
        )}
      </Status>
    </p>
  );
}

export function Tiles({ of, scope }: { readonly of: Overview; readonly scope: string }) {
  return (
    <div className="grid grid-cols-2 gap-3 min-[1000px]:grid-cols-4">
      {tilesOf(of).map(({ label, value, tone, note, points, filter }) => (
        <section key={label} aria-label={label} className="rounded-card border border-line bg-surface">
          <TileFrame scope={scope} filter={filter}>
            <h2 className="col-span-2 text-12 font-normal text-muted">{label}</h2>
            <p className="text-20 leading-6 font-semibold">{value}</p>
            <Spark points={points} height={22} />
            <p className="col-span-2 flex items-center gap-1.5 text-12 text-muted" title={note}>
              <StatusShape tone={tone} />
              <span className="min-w-0 truncate">{note}</span>
            </p>
          </TileFrame>
        </section>
      ))}
    </div>
  );
}

const FRAME = 'grid grid-cols-[minmax(0,1fr)_auto] items-end gap-x-3 rounded-card px-3 py-2';

/** Opens exactly what the tile counts; evaluations are listed by tenant, so across tenants there is nothing to open. */
function TileFrame({
  scope,
  filter,
  children,
}: {
  readonly scope: string;
  readonly filter: Tile['filter'];
  readonly children: ReactNode;
}) {
  if (scope === ALL) return <div className={FRAME}>{children}</div>;
  return (
    <Link
      to="/$scope/evaluations"
      params={{ scope }}
      search={(was: object) => ({ ...was, ...filter })}
      className={`${FRAME} hover:bg-sunken`}
    >
      {children}
    </Link>
  );
}
