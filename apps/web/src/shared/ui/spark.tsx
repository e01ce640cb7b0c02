/** A line without axes, drawn by hand: a chart library for this would cost more than the page. */
export function Spark({
  points,
  width = 96,
  height = 28,
}: {
  readonly points: readonly number[];
  readonly width?: number;
  readonly height?: number;
}) {
  if (points.length < 2) return null;
  const top = Math.max(1, ...points);
  const line = points
    .map(
      (y, i) =>
        `${((i / (points.length - 1)) * width).toFixed(1)},${(height - 2 - (y / top) * (height - 4)).toFixed(1)}`,
    )
    .join(' ');
  return (
    <svg
      width={width}
      height={height}
      aria-hidden
      className="shrink-0 text-c1"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    >
      <polyline points={line} />
    </svg>
  );
}
