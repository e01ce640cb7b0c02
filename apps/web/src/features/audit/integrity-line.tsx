/**
 * The line that says how far the chain is proved, against which head. What it says is what was checked, nothing more.
 */
import { useQuery } from '@tanstack/react-query';
import { ago, count, dateTime, type Zone } from '../../shared/format.js';
import { useZone } from '../../shared/url/use-zone.js';
import { useNow } from '../../shared/use-now.js';
import { Copyable } from '../../shared/records/copyable.js';
import { Status, StatusShape, type Tone } from '../../shared/ui/status.js';
import { AcknowledgeLoss } from './acknowledge-loss.js';
import { ledgerHeadQuery, type LedgerHead } from './ledger-head.queries.js';

export function integrityWords(head: LedgerHead, zone: Zone): { readonly tone: Tone; readonly text: string } {
  if (head.lost) return { tone: 'crit', text: `Answered records are gone: ${head.lost}` };
  if (head.broken) return { tone: 'crit', text: head.broken };
  const seq = Number(head.seq);
  const at = (instant: string) => `${dateTime(instant, zone)} ${zone}`;
  const checking = Number(head.checkingSeq);
  const under =
    checking > 0 ? ` · checking the whole: ${Math.floor((100 * checking) / Math.max(seq, 1))} %` : '';
  if (head.state === 'unchecked' || !head.verifiedAt)
    return { tone: 'unknown', text: `Not verified yet · head #${count(seq)}${under}` };
  const whole = head.wholeAt ? at(head.wholeAt) : 'never';
  if (head.state === 'stale')
    return { tone: 'warn', text: `Check is late: the whole was last verified at ${whole}${under}` };
  const newer = seq - Number(head.verifiedSeq);
  return {
    tone: newer === 0 ? 'ok' : 'info',
    text: `Verified to #${count(Number(head.verifiedSeq))} at ${at(head.verifiedAt)}, the whole at ${whole} · head #${count(seq)}${newer === 0 ? '' : ` · ${count(newer)} newer`}`,
  };
}

/** Its height is that of what is not there yet. */
const LINE = 'flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 rounded-control border px-3 py-1.5 text-12';

export function IntegrityLine({ tenant }: { readonly tenant: string }) {
  const zone = useZone();
  const { data, error, dataUpdatedAt } = useQuery(ledgerHeadQuery(tenant));
  const now = useNow();
  if (!data)
    return (
      <p className={`${LINE} border-line bg-surface text-muted`}>
        {error && <Status tone="unknown">Whether the log is intact is not known: {error.message}</Status>}
      </p>
    );
  const { tone, text } = integrityWords(data, zone);
  return (
    <div
      role={tone === 'crit' ? 'alert' : undefined}
      className={`${LINE} ${tone === 'crit' ? 'border-crit bg-deny-fill font-medium text-text' : 'border-line bg-surface text-muted'}`}
    >
      <span className="flex min-w-0 items-center gap-2">
        <StatusShape tone={error ? 'unknown' : tone} />
        <span className="min-w-0">
          {text}
          {error && ` · as of ${ago(new Date(dataUpdatedAt), now)}, it could not be read since`}
        </span>
      </span>
      {data.lost && <AcknowledgeLoss tenant={tenant} lost={data.lost} />}
      <span className="ml-auto flex items-center gap-1">
        head hash <Copyable text={data.hash} label="head hash" />
      </span>
    </div>
  );
}
