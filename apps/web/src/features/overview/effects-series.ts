/**
 * The series that the chart draws, worked out apart from drawing it. Counts: a bucket without evaluations is 0, not a
 * gap.
 */
import { ticksOf } from '../../shared/charts/buckets.js';
import { count, percent, type Zone } from '../../shared/format.js';
import { headlineOf, subjectOf } from '../../shared/records/change-words.js';
import type { Overview } from './overview.queries.js';

export const SERIES = [
  { key: 'allow', name: 'Allowed', fill: 'var(--c1)' },
  { key: 'approve', name: 'Asked', fill: 'var(--c4)' },
  { key: 'confirm', name: 'To confirm', fill: 'var(--c3)' },
  { key: 'replay', name: 'Replayed', fill: 'var(--c6)' },
  { key: 'deny', name: 'Denied', fill: 'var(--c2)' },
] as const;

export interface Mark {
  readonly seq: string;
  /** The bucket it stands on, or the chart would not draw it. */
  readonly at: string;
  readonly kind: 'stopped' | 'lifted' | 'change';
  /** One line a change. */
  readonly label: string;
  readonly changes: number;
}
/** From the bucket of a stop to that of its lift; clipped to what is shown. */
export interface Stopped {
  readonly from: string;
  readonly to: string;
}

/** Changes nearer to each other than a mark with its number is wide are one mark. */
const MARK_PX = 28;
/** `widthPx` is the chart's: marks that would touch are one. */
export function prepare(overview: Overview, widthPx: number, zone: Zone) {
  const { series, changes, totals } = overview;
  const spanMs = Date.parse(overview.to) - Date.parse(overview.from);
  const sentence = `${count(totals.evaluations)} evaluations, ${count(totals.deny)} of them denied (${percent(totals.deny, totals.evaluations)}), ${count(changes.length)} changes.`;
  return {
    buckets: series,
    marks: marksOf(overview, spanMs * (MARK_PX / Math.max(widthPx, MARK_PX))),
    stopped: stoppedIn(overview),
    ticks: ticksOf(
      series.map(({ at }) => at),
      spanMs,
      zone,
    ),
    spanMs,
    sentence,
  };
}

function marksOf({ series, changes }: Overview, nearMs: number): Mark[] {
  const marks: (Mark & { readonly time: number })[] = [];
  for (const { seq, at, action, target, actor } of oldestFirst(changes)) {
    const time = Date.parse(at);
    const bucket = bucketOf(series, time);
    if (bucket === null) continue;
    const label = `${headlineOf(action)} ${subjectOf(target)}, ${actor}`;
    const last = marks.at(-1);
    if (last !== undefined && time - last.time < nearMs)
      marks[marks.length - 1] = {
        ...last,
        kind: stronger(last.kind, kindOf(action)),
        label: `${last.label}\n${label}`,
        changes: last.changes + 1,
      };
    else marks.push({ seq, at: bucket, kind: kindOf(action), label, changes: 1, time });
  }
  return marks;
}

/** A stop that began before the range, or has not been lifted, reaches to the edge. */
function stoppedIn({ series, changes, inForce }: Overview): Stopped[] {
  const [first, last] = [series[0]?.at, series.at(-1)?.at];
  if (first === undefined || last === undefined) return [];
  const open = new Map<string, string>();
  const spans: Stopped[] = [];
  for (const { tenant, at, action, target } of oldestFirst(changes)) {
    const key = `${tenant} ${target}`;
    const bucket = bucketOf(series, Date.parse(at)) ?? first;
    if (action === 'kill_switch.engage' && !open.has(key)) open.set(key, bucket);
    if (action === 'kill_switch.lift') {
      spans.push({ from: open.get(key) ?? first, to: bucket });
      open.delete(key);
    }
  }
  for (const { engagedAt } of inForce)
    spans.push({ from: bucketOf(series, Date.parse(engagedAt)) ?? first, to: last });
  return spans;
}

const oldestFirst = (changes: Overview['changes']) =>
  changes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
const bucketOf = (series: Overview['series'], time: number): string | null =>
  series.findLast(({ at }) => Date.parse(at) <= time)?.at ?? null;
const kindOf = (action: string): Mark['kind'] =>
  action === 'kill_switch.engage' ? 'stopped' : action === 'kill_switch.lift' ? 'lifted' : 'change';
const stronger = (a: Mark['kind'], b: Mark['kind']): Mark['kind'] =>
  [a, b].includes('stopped') ? 'stopped' : [a, b].includes('lifted') ? 'lifted' : 'change';
