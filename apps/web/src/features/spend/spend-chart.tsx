/** Tokens over time by kind, stacked bars that add up. A time that nothing came in has no bar. */
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';
import { Fragment, useMemo } from 'react';
import { bucketLabel, tickLabel, ticksOf } from '../../shared/charts/buckets.js';
import { useWidth } from '../../shared/charts/use-width.js';
import { compact, count } from '../../shared/format.js';
import { useZone } from '../../shared/url/use-zone.js';
import type { SpendBucket } from './spend.queries.js';
import { costText, inputOf, outputOf, type Tokens } from './spend-sums.js';

const HEIGHT = 200;
const TICK = { fill: 'var(--muted)', fontSize: 11 };

const SERIES = [
  { key: 'uncached', name: 'Input, not cached', fill: 'var(--c1)' },
  { key: 'cached', name: 'Input from cache', fill: 'var(--c3)' },
  { key: 'written', name: 'Input written to cache', fill: 'var(--c6)' },
  { key: 'output', name: 'Output', fill: 'var(--c4)' },
] as const;

const kindsOf = (of: Tokens) => ({
  uncached: of.inputUncached + of.inputAudio,
  cached: of.inputCacheRead,
  written: of.inputCacheWrite,
  output: outputOf(of),
});

export default function SpendChart({
  series,
  from,
  to,
}: {
  readonly series: readonly SpendBucket[];
  readonly from: Date;
  readonly to: Date;
}) {
  const zone = useZone();
  const [frame, width] = useWidth();
  const spanMs = to.getTime() - from.getTime();
  const buckets = useMemo(() => filled(series, from, to), [series, from, to]);
  const ticks = ticksOf(
    buckets.map(({ at }) => at),
    spanMs,
    zone,
  );
  const [input, output] = [inputOf, outputOf].map((of) => series.reduce((sum, one) => sum + of(one), 0));
  const sentence = `${count(input!)} input and ${count(output!)} output tokens.`;
  return (
    <figure ref={frame} className="min-w-0 select-none">
      <figcaption className="sr-only">{sentence}</figcaption>
      <div style={{ height: HEIGHT }}>
        {width > 0 && (
          <BarChart
            width={width}
            height={HEIGHT}
            data={buckets}
            margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
            barCategoryGap={1}
            aria-label={sentence}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <img> has no svg inside
            role="img"
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
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
              width={56}
              allowDecimals={false}
              tickFormatter={(n: number) => compact(n)}
              tick={TICK}
              tickLine={false}
              axisLine={false}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: 'var(--sunken)' }}
              content={<BucketCard buckets={buckets} zone={zone} />}
            />
            {SERIES.map(({ key, name, fill }) => (
              <Bar
                key={key}
                dataKey={key}
                name={name}
                stackId="tokens"
                fill={fill}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        )}
      </div>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted">
        {SERIES.map(({ key, name, fill }) => (
          <li key={key} className="flex items-center gap-1.5">
            <svg width="10" height="10" aria-hidden>
              <rect width="10" height="10" rx="2" fill={fill} />
            </svg>
            {name} {compact(series.reduce((sum, one) => sum + kindsOf(one)[key], 0))}
          </li>
        ))}
      </ul>
    </figure>
  );
}

interface Drawn {
  readonly at: string;
  readonly seconds: number;
  readonly of: SpendBucket | undefined;
}

/** Every bucket of the range, so that times without anything keep their width; they have no bars. */
function filled(series: readonly SpendBucket[], from: Date, to: Date): Drawn[] {
  const times = series.map(({ at }) => Date.parse(at));
  const steps = times.slice(1).map((at, i) => at - times[i]!);
  const spanMs = to.getTime() - from.getTime();
  const step = Math.min(...steps, Math.max(60_000, spanMs));
  const anchor = times[0] ?? from.getTime();
  const first = anchor - Math.ceil((anchor - from.getTime()) / step) * step;
  const by = new Map(series.map((one) => [Date.parse(one.at), one]));
  return Array.from({ length: Math.max(1, Math.ceil((to.getTime() - first) / step)) }, (_, i) => {
    const of = by.get(first + i * step);
    const at = new Date(first + i * step).toISOString();
    return { at, seconds: step / 1000, of, ...(of && kindsOf(of)) };
  });
}

function BucketCard({
  buckets,
  zone,
  active,
  label,
}: {
  readonly buckets: readonly Drawn[];
  readonly zone: string;
  /** These two come from the chart. */
  readonly active?: boolean;
  readonly label?: string;
}) {
  const drawn = active ? buckets.find(({ at }) => at === label) : undefined;
  if (drawn === undefined) return null;
  const { at, seconds, of } = drawn;
  return (
    <div className="rounded-control border border-line bg-raised px-2.5 py-1.5 text-12 shadow-float">
      <p className="font-medium">{bucketLabel(at, seconds, zone)}</p>
      <p className="text-faint">{zone}</p>
      {of === undefined ? (
        <p className="mt-1 text-muted">Nothing came in.</p>
      ) : (
        <dl className="mt-1 grid grid-cols-[auto_auto] gap-x-4">
          {SERIES.map(({ key, name }) => (
            <Fragment key={key}>
              <dt className="text-muted">{name}</dt>
              <dd className="text-right">{count(kindsOf(of)[key])}</dd>
            </Fragment>
          ))}
          <dt className="text-muted">Cost</dt>
          <dd className="text-right">{costText(of)}</dd>
        </dl>
      )}
    </div>
  );
}
