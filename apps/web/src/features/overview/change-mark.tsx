/** A change above the chart: a square in hazard colours for a stop, a ring for a lift, a diamond for the rest. */
import type { Mark } from './effects-series.js';

const SIZE = 9;

/** `viewBox` comes from the chart: where the line of the mark stands. */
export function ChangeMark({
  of: { kind, label, changes },
  viewBox = { x: 0, y: 0 },
}: {
  readonly of: Mark;
  readonly viewBox?: { readonly x: number; readonly y: number };
}) {
  return (
    <g transform={`translate(${viewBox.x} ${viewBox.y - SIZE})`}>
      <title>{label}</title>
      {kind === 'stopped' && (
        <rect
          x={-SIZE / 2}
          y={-SIZE / 2}
          width={SIZE}
          height={SIZE}
          fill="var(--hazard-b)"
          stroke="var(--hazard-a)"
          strokeWidth="2"
        />
      )}
      {kind === 'lifted' && <circle r={SIZE / 2 - 1} fill="none" stroke="var(--ok)" strokeWidth="2" />}
      {kind === 'change' && <path d="M0-5 5 0 0 5-5 0z" fill="var(--muted)" />}
      {changes > 1 && (
        <text x={-SIZE} dy="4" textAnchor="end" fontSize="11" fill="var(--muted)">
          {changes}
        </text>
      )}
    </g>
  );
}
