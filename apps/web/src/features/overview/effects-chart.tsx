/** Evaluations over time by effect: stacked bars of counts, with a mark for each change. Loaded apart: Recharts is large. */
import { Bar, BarChart, CartesianGrid, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { useEffect, useRef, useState } from 'react';
import { count, dateTime, minute, words } from '../../shared/format.js';
import { usePreferences } from '../../shared/preferences.js';
import { prepare, SERIES } from './effects-series.js';
import type { Overview } from './overview.queries.js';

const HEIGHT = 232;

export default function EffectsChart({ of }: { readonly of: Overview }) {
  const { zone } = usePreferences();
  const [frame, width] = useWidth();
  const { buckets, marks, sentence } = prepare(of);
  return (
    <figure ref={frame} className="min-w-0">
      <figcaption className="sr-only">{sentence}</figcaption>
      {width > 0 && (
        <BarChart
          width={width}
          height={HEIGHT}
          data={buckets}
          margin={{ top: 16, right: 4, bottom: 0, left: 0 }}
          barCategoryGap={1}
          aria-label={sentence}
          role="img"
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="at"
            tickFormatter={(at: string) => minute(at, zone)}
            tick={{ fill: 'var(--muted)', fontSize: 11 }}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            minTickGap={48}
          />
          <YAxis
            width={44}
            allowDecimals={false}
            tickFormatter={(n: number) => count(n)}
            tick={{ fill: 'var(--muted)', fontSize: 11 }}
            tickLine={false}
            axisLine={false}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--sunken)' }}
            labelFormatter={(at) => dateTime(String(at), zone)}
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
          {marks.map(({ seq, at, label }) => (
            <ReferenceLine
              key={seq}
              x={at}
              stroke="var(--muted)"
              strokeDasharray="3 3"
              label={{ value: '◆', position: 'top', fill: 'var(--muted)', fontSize: 10 }}
              ifOverflow="hidden"
            >
              <title>{label}</title>
            </ReferenceLine>
          ))}
        </BarChart>
      )}
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted">
        {SERIES.map(({ key, name, fill }) => (
          <li key={key} className="flex items-center gap-1.5">
            <svg width="10" height="10" aria-hidden>
              <rect width="10" height="10" rx="2" fill={fill} />
            </svg>
            {name} {count(of.totals[key])}
          </li>
        ))}
        {marks.length > 0 && (
          <li title={marks.map(({ label }) => words(label)).join('\n')}>
            ◆ {marks.length} {marks.length === 1 ? 'change' : 'changes'}
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
