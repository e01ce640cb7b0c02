/** What the chart draws, worked out apart from drawing it. Counts: a bucket without evaluations is 0, not a gap. */
import { count, percent } from '../../shared/format.js';
import type { Overview } from './overview.queries.js';

export const SERIES = [
  { key: 'allow', name: 'Allowed', fill: 'var(--c1)' },
  { key: 'approve', name: 'Asked', fill: 'var(--c4)' },
  { key: 'confirm', name: 'To confirm', fill: 'var(--c3)' },
  { key: 'replay', name: 'Replayed', fill: 'var(--c6)' },
  { key: 'deny', name: 'Denied', fill: 'var(--c2)' },
] as const;

/** Changes nearer to each other than this share of the chart are one mark. */
const CLUSTER = 1 / 60;

export function prepare({ series, changes, totals, from, to }: Overview) {
  const step = (Date.parse(to) - Date.parse(from)) * CLUSTER;
  const marks: { seq: string; at: string; label: string; time: number }[] = [];
  for (const change of changes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const time = Date.parse(change.at);
    const label = `${change.action} ${change.target}, ${change.actor}`;
    const last = marks.at(-1);
    // A mark stands on the bucket it falls into, or the chart would not draw it.
    const bucket = series.findLast(({ at }) => Date.parse(at) <= time);
    if (bucket === undefined) continue;
    if (last !== undefined && time - last.time < step) last.label += `\n${label}`;
    else marks.push({ seq: change.seq, at: bucket.at, label, time });
  }
  const sentence = `${count(totals.evaluations)} evaluations, ${count(totals.deny)} of them denied (${percent(totals.deny, totals.evaluations)}), ${count(changes.length)} changes.`;
  return { buckets: series, marks, sentence };
}
