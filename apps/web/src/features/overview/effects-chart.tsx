/** Evaluations over time by effect: stacked bars of counts, with a mark for each change. Loaded apart: Recharts is large. */
import { Bar, BarChart, CartesianGrid, ReferenceArea, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { count } from '../../shared/format.js';
import { useZone } from '../../shared/url/use-zone.js';
import { ChangeMark } from './change-mark.js';
import { bucketLabel, prepare, SERIES, tickLabel } from './effects-series.js';
import type { Overview } from './overview.queries.js';

const HEIGHT = 232;
const TICK = { fill: 'var(--muted)', fontSize: 11 };

export default function EffectsChart({ of }: { readonly of: Overview }) {
  const zone = useZone();
  const [frame, width] = useWidth();
  const { buckets, marks, stopped, ticks, spanMs, sentence } = useMemo(
    () => prepare(of, width, zone),
    [of, width, zone],
  );
  return (
    <figure ref={frame} className="min-w-0">
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
              labelFormatter={(at: unknown) =>
                typeof at === 'string' ? bucketLabel(at, of.bucketSeconds, zone) : ''
              }
              contentStyle={{
                background: 'var(--raised)',
                border: '1px solid var(--line)',
                borderRadius: 6,
                fontSize: 12,
                color: 'var(--text)',
              }}
              itemStyle={{ color: 'var(--text)' }}
            />
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

function useWidth() {
  const frame = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    if (frame.current) observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  return [frame, width] as const;
}
