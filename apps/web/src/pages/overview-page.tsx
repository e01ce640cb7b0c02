/** Is it safe now, and what needs me? In this order: stopped, how much, what is denied, what changed. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { IntegrityAlarms } from '../features/audit/integrity-alarms.js';
import { DenialsHeat } from '../features/overview/denials-heat.js';
import { FirstSteps } from '../features/overview/first-steps.js';
import { fittedRange } from '../features/overview/fitted-range.js';
import { activityQuery, overviewQuery, type Overview } from '../features/overview/overview.queries.js';
import { Tiles, Ungoverned } from '../features/overview/tiles.js';
import { WhatChanged } from '../features/overview/what-changed.js';
import { ALL, useSession } from '../shared/api/session.js';
import { count, lowered, words } from '../shared/format.js';
import { PageHead, Panel } from '../shared/ui/panel.js';
import { Empty, ErrorCard, Skeleton } from '../shared/ui/states.js';
import { Status } from '../shared/ui/status.js';
import { WhenSeen } from '../shared/ui/when-seen.js';
import { useNow } from '../shared/use-now.js';
import { DEFAULT_RANGE, rangeLabel, rangeOf, type TimeSearch } from '../shared/url/time-range.js';
import { useZone } from '../shared/url/use-zone.js';

const OverviewTraces = lazy(() => import('./overview-traces.js'));
const EffectsChart = lazy(() => import('../features/overview/effects-chart.js'));
const route = getRouteApi('/$scope');

export default function OverviewPage() {
  const { scope } = route.useParams();
  const search = route.useSearch();
  const now = useNow();
  const range = rangeOf(search, now);
  const isFitting = useFittedRange(scope, search, now);
  const zone = useZone();
  const navigate = route.useNavigate();
  const zoomTo = (range: { readonly from: string; readonly to: string }) =>
    void navigate({ search: (was) => ({ ...was, t: undefined, ...range }) });
  const { tenants } = useSession();
  const { data, error, dataUpdatedAt, refetch } = useQuery({
    ...overviewQuery(scope, range),
    enabled: !isFitting,
  });
  const shown =
    scope === ALL
      ? tenants.map(({ tenant }) => tenant)
      : tenants.filter(({ tenant }) => tenant.slug === scope).map(({ tenant }) => tenant);

  return (
    <div className="flex flex-col gap-3">
      <PageHead
        title="Overview"
        note={`${scope === ALL ? 'all tenants' : (shown[0]?.name ?? scope)} · ${lowered(rangeLabel(range, zone))}`}
        actions={data && <Posture of={data} scope={scope} stale={error !== null} />}
      />
      <IntegrityAlarms scope={scope} />
      {scope !== ALL && <FirstSteps key={scope} tenant={scope} />}
      {error && <ErrorCard error={error} onRetry={() => void refetch()} asOf={data && dataUpdatedAt} />}
      {!data && !error && <Skeleton rows={12} />}
      {data && (
        <>
          <Tiles of={data} scope={scope} />
          <Ungoverned of={data} scope={scope} />
          <div className="grid grid-cols-1 gap-3 min-[1200px]:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
            <Panel title="Evaluations over time" note="by effect">
              {data.totals.evaluations === 0 ? (
                <Empty title="No agent has asked in this time">
                  Widen the time range, or wire an agent: POST /access/v1/evaluation with an API key.
                </Empty>
              ) : (
                <Suspense fallback={<div className="h-[252px]" />}>
                  <EffectsChart of={data} onZoom={zoomTo} />
                </Suspense>
              )}
            </Panel>
            <Panel title="Why denied" note="by reason" flush>
              <Reasons of={data} scope={scope} />
            </Panel>
            <Panel title="Denials by tool and tenant" note="a count opens its evaluations" flush>
              <DenialsHeat of={data} tenants={shown} />
            </Panel>
            <Panel title="What changed" note={scope === ALL ? 'all tenants' : undefined} flush>
              <div className="min-h-56 overflow-y-auto min-[1200px]:h-full min-[1200px]:[contain:size]">
                <WhatChanged of={data} showTenant={scope === ALL} />
              </div>
            </Panel>
          </div>
          <WhenSeen className="h-60">
            <Suspense fallback={<div className="h-60" />}>
              <OverviewTraces scope={scope} range={range} />
            </Suspense>
          </WhenSeen>
        </>
      )}
    </div>
  );
}

/** Nobody chose a time: one that fits what there is. Answers whether that is being found out, or about to be shown. */
function useFittedRange(scope: string, { t, from }: TimeSearch, now: number): boolean {
  const navigate = route.useNavigate();
  const router = useRouter();
  const here = route.useMatch({ select: ({ pathname }) => pathname });
  const chosen = t !== undefined || from !== undefined;
  const { data, isPending } = useQuery({ ...activityQuery(scope), enabled: !chosen });
  const fitted = chosen || data === undefined ? undefined : fittedRange(data.first, data.last, now);
  const fits = fitted === undefined || fitted === DEFAULT_RANGE;
  useEffect(() => {
    if (fits) return;
    // Whoever has gone on to another page meanwhile is not called back.
    if (bare(router.latestLocation.pathname) !== bare(here)) return;
    void navigate({ search: (was) => ({ ...was, t: fitted }), replace: true });
  }, [fits, fitted, here, navigate, router]);
  return !chosen && (isPending || !fits);
}

const bare = (pathname: string): string => pathname.replace(/\/$/, '');

function Posture({
  of: { inForce, outcomes, totals },
  scope,
  stale,
}: {
  readonly of: Overview;
  readonly scope: string;
  /** It could not be read again: what was so is no news. */
  readonly stale: boolean;
}) {
  return (
    <ul aria-label="Posture" className="flex flex-wrap gap-x-5 gap-y-1 text-12 text-muted">
      <li>
        {inForce.length === 0 ? (
          <Status tone={stale ? 'unknown' : 'ok'}>
            {stale ? 'Whether anything is stopped is not known' : 'Nothing stopped'}
          </Status>
        ) : (
          <Link to="/$scope/panic" params={{ scope }} className="font-medium hover:underline">
            <Status tone="crit">{count(inForce.length)} stopped</Status>
          </Link>
        )}
      </li>
      <li>
        <Status tone={outcomes.drifted > 0 ? 'crit' : outcomes.reported > 0 ? 'ok' : 'unknown'}>
          {outcomes.drifted > 0
            ? `${count(outcomes.drifted)} ran other arguments than authorised`
            : 'No argument drift'}
        </Status>
      </li>
      <li>
        <Status tone={outcomes.reported > 0 ? 'ok' : totals.allow > 0 ? 'warn' : 'unknown'}>
          {outcomes.reported > 0
            ? `${count(outcomes.reported)} outcomes reported, ${count(outcomes.failed)} failed`
            : 'No outcomes reported'}
        </Status>
      </li>
    </ul>
  );
}

function Reasons({ of, scope }: { readonly of: Overview; readonly scope: string }) {
  const denied = of.reasons.filter(({ reason }) => reason !== 'allowed').slice(0, 10);
  const most = Math.max(1, ...denied.map((each) => each.count));
  if (of.totals.evaluations === 0) return <Empty title="Nothing was asked" />;
  if (denied.length === 0) return <Empty tone="ok" title="No objections in this time" />;
  return (
    <ol className="py-1">
      {denied.map(({ reason, count: n }) => (
        <li key={reason} className="relative">
          <div
            aria-hidden
            className="absolute inset-y-px left-0 rounded-r-chip bg-accent-soft"
            style={{ width: `${(n / most) * 100}%` }}
          />
          <Link
            to="/$scope/evaluations"
            params={{ scope }}
            search={(was: object) => ({ ...was, reason: [reason] })}
            className="relative flex h-6 items-center justify-between gap-3 px-3"
          >
            <span className="truncate">{words(reason)}</span>
            <span className="font-medium">{count(n)}</span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
