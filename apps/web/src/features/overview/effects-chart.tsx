/** Evaluations over time by effect: stacked bars of counts, with a mark for each change. Loaded apart: Recharts is large. */
import { Bar, BarChart, CartesianGrid, ReferenceArea, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { Fragment, useMemo, useState } from 'react';
import { bucketLabel, tickLabel } from '../../shared/charts/buckets.js';
import { useWidth } from '../../shared/charts/use-width.js';
import { count } from '../../shared/format.js';
import { useZone } from '../../shared/url/use-zone.js';
import { ChangeMark } from './change-mark.js';
import { prepare, SERIES } from './effects-series.js';
import type { Overview } from './overview.queries.js';

const HEIGHT = 232;
const TICK = { fill: 'var(--muted)', fontSize: 11 };

export default function EffectsChart({
  of,
  onZoom,
}: {
  readonly of: Overview;
  readonly onZoom: (range: { readonly from: string; readonly to: string }) => void;
}) {
  const zone = useZone();
  const [frame, width] = useWidth();
  const { buckets, marks, stopped, ticks, spanMs, sentence } = useMemo(
    () => prepare(of, width, zone),
    [of, width, zone],
  );
  const drag = useDrag(of, onZoom);
  return (
    <figure ref={frame} className="min-w-0 select-none">
      <figcaption className="sr-only">{sentence}</figcaption>
      <div style={{ height: HEIGHT }}>
        {width > 0 && (
          <BarChart
            width={width}
            height={HEIGHT}
            data={buckets}
            margin={{ top: 18, right: 8, bottom: 0, left: 0 }}
            barCategoryGap={1}
            aria-label={sentence}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <img> has no svg inside
            role="img"
            accessibilityLayer={false}
            onMouseDown={({ activeLabel }) => drag.begin(activeLabel)}
            onMouseMove={({ activeLabel }) => drag.move(activeLabel)}
            onMouseUp={drag.end}
            onMouseLeave={drag.cancel}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            {stopped.map(({ from, to }) => (
              <ReferenceArea
                key={`${from} ${to}`}
                x1={from}
                x2={to}
                fill="var(--hazard-a)"
                fillOpacity={0.18}
                ifOverflow="hidden"
              />
            ))}
            <XAxis
              dataKey="at"
              ticks={ticks}
              interval={0}
              tickFormatter={(at: string) => tickLabel(at, spanMs, zone)}
              tick={TICK}
              tickLine={false}
              axisLine={{ stroke: 'var(--line-strong)' }}
              height={20}
            />
            <YAxis
              width={44}
              allowDecimals={false}
              tickFormatter={(n: number) => count(n)}
              tick={TICK}
              tickLine={false}
              axisLine={false}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: 'var(--sunken)' }}
              content={<BucketCard buckets={buckets} seconds={of.bucketSeconds} zone={zone} />}
            />
            {drag.shown && (
              <ReferenceArea
                x1={drag.shown.from}
                x2={drag.shown.to}
                fill="var(--accent)"
                fillOpacity={0.18}
              />
            )}
            {SERIES.map(({ key, name, fill }) => (
              <Bar
                key={key}
                dataKey={key}
                name={name}
                stackId="effects"
                fill={fill}
                isAnimationActive={false}
              />
            ))}
            {marks.map((mark) => (
              <ReferenceLine
                key={mark.seq}
                x={mark.at}
                stroke="var(--muted)"
                strokeDasharray="3 3"
                label={<ChangeMark of={mark} />}
                ifOverflow="hidden"
              />
            ))}
          </BarChart>
        )}
      </div>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted">
        {SERIES.filter(({ key }) => key === 'allow' || key === 'deny' || of.totals[key] > 0).map(
          ({ key, name, fill }) => (
            <li key={key} className="flex items-center gap-1.5">
              <svg width="10" height="10" aria-hidden>
                <rect width="10" height="10" rx="2" fill={fill} />
              </svg>
              {name} {count(of.totals[key])}
            </li>
          ),
        )}
        {of.changes.length > 0 && (
          <li className="flex items-center gap-1.5">
            <svg width="10" height="10" aria-hidden fill="var(--muted)">
              <path d="M5 0 10 5 5 10 0 5z" />
            </svg>
            {of.changes.length} {of.changes.length === 1 ? 'change' : 'changes'}
          </li>
        )}
      </ul>
    </figure>
  );
}

/** The counts of one bar, in the words of the legend. */
function BucketCard({
  buckets,
  seconds,
  zone,
  active,
  label,
}: {
  readonly buckets: Overview['series'];
  readonly seconds: number;
  readonly zone: string;
  /** These two come from the chart. */
  readonly active?: boolean;
  readonly label?: string;
}) {
  const of = active ? buckets.find(({ at }) => at === label) : undefined;
  if (of === undefined) return null;
  return (
    <div className="rounded-control border border-line bg-raised px-2.5 py-1.5 text-12 shadow-float">
      <p className="font-medium">{bucketLabel(of.at, seconds, zone)}</p>
      <p className="text-faint">{zone}</p>
      <dl className="mt-1 grid grid-cols-[auto_auto] gap-x-4">
        {SERIES.filter(({ key }) => of[key] > 0 || key === 'allow' || key === 'deny').map(
          ({ key, name, fill }) => (
            <Fragment key={key}>
              <dt className="flex items-center gap-1.5 text-muted">
                <svg width="8" height="8" aria-hidden>
                  <rect width="8" height="8" rx="2" fill={fill} />
                </svg>
                {name}
              </dt>
              <dd className="text-right">{count(of[key])}</dd>
            </Fragment>
          ),
        )}
      </dl>
    </div>
  );
}

/** From the bar where the pointer went down to the one where it goes up: that time, in the address. */
function useDrag(
  { bucketSeconds }: Overview,
  onZoom: (range: { readonly from: string; readonly to: string }) => void,
) {
  const [span, setSpan] = useState<readonly [string, string] | null>(null);
  const [from, to] = span === null ? [] : span.toSorted();
  const isBar = (label: unknown): label is string => typeof label === 'string';
  return {
    shown: from !== undefined && to !== undefined && from !== to ? { from, to } : null,
    begin: (label: unknown) => isBar(label) && setSpan([label, label]),
    move: (label: unknown) => isBar(label) && setSpan((was) => was && [was[0], label]),
    cancel: () => setSpan(null),
    end: () => {
      setSpan(null);
      if (from === undefined || to === undefined || from === to) return;
      onZoom({ from, to: new Date(Date.parse(to) + bucketSeconds * 1000).toISOString() });
    },
  };
}
