/** The use of a window: who is nearest, how near, and until when. Shape and words beside the colour. */
import { clsx } from 'clsx';
import { count, duration } from '../../shared/format.js';
import { Status, StatusShape } from '../../shared/ui/status.js';
import { shareOf } from './quota-rows.js';
import type { QuotaUse } from './quotas.queries.js';

const NEAR = 0.8;

const until = (at: string): string => duration(new Date(at).getTime() - Date.now());

export function UseMeter({
  use,
  limit,
}: {
  readonly use: readonly QuotaUse[] | undefined;
  readonly limit: number;
}) {
  if (use === undefined) return <Status tone="unknown">not known</Status>;
  const [fullest, ...others] = use;
  if (fullest === undefined) return <span className="text-faint">no calls in the window</span>;
  const share = shareOf(fullest.used, limit);
  const tone = share >= 1 ? 'crit' : share >= NEAR ? 'warn' : 'ok';
  return (
    <span
      className="flex items-center gap-2"
      title={use.map((one) => `${one.holder}: ${one.used}`).join('\n')}
    >
      <StatusShape tone={tone} />
      <meter
        className="sr-only"
        aria-label={`${fullest.holder} has used ${fullest.used} of ${limit}`}
        min={0}
        max={Math.max(1, limit, fullest.used)}
        value={fullest.used}
      />
      <span
        aria-hidden
        className="h-1.5 w-16 shrink-0 overflow-hidden rounded-chip bg-sunken ring-1 ring-line ring-inset"
      >
        <span
          className={clsx(
            'block h-full',
            tone === 'ok' ? 'bg-accent' : tone === 'warn' ? 'bg-warn' : 'bg-crit',
          )}
          style={{ width: `${Math.min(100, share * 100)}%` }}
        />
      </span>
      <span className="whitespace-nowrap">
        {count(fullest.used)} of {count(limit)}
      </span>
      <span className="mono max-w-[40ch] min-w-0 truncate text-muted max-[1023px]:sr-only max-[1179px]:max-w-[12ch]">
        {fullest.holder}
      </span>
      {fullest.remaining === 0 && fullest.resetsAt && (
        <span className="whitespace-nowrap text-deny">next in {until(fullest.resetsAt)}</span>
      )}
      {others.length > 0 && <span className="whitespace-nowrap text-faint">+{others.length}</span>}
    </span>
  );
}
