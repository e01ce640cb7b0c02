/** What traces come to, on the overview: loaded when somebody gets there. */
import Slowest from '../features/latency/slowest.js';
import Dearest from '../features/spend/dearest.js';
import type { TimeRange } from '../shared/url/time-range.js';

export default function OverviewTraces({
  scope,
  range,
}: {
  readonly scope: string;
  readonly range: TimeRange;
}) {
  return (
    <div className="grid grid-cols-1 gap-3 min-[1000px]:grid-cols-2">
      <Slowest scope={scope} range={range} />
      <Dearest scope={scope} range={range} />
    </div>
  );
}
