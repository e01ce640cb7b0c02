/** How far the chain is proved, against which head. What it says is what was checked, nothing more. */
import { useQuery } from '@tanstack/react-query';
import { count, dateTime, type Zone } from '../../shared/format.js';
import { useZone } from '../../shared/url/use-zone.js';
import { Copyable } from '../../shared/records/copyable.js';
import { StatusShape, type Tone } from '../../shared/ui/status.js';
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

export function IntegrityLine({ tenant }: { readonly tenant: string }) {
  const zone = useZone();
  const { data } = useQuery(ledgerHeadQuery(tenant));
  if (!data) return <div className="h-8" />;
  const { tone, text } = integrityWords(data, zone);
  return (
    <div
      role={tone === 'crit' ? 'alert' : undefined}
      className={`flex min-h-8 flex-wrap items-center gap-x-3 rounded-control border px-3 py-0.5 text-12 ${tone === 'crit' ? 'border-crit bg-deny-fill font-medium text-text' : 'border-line bg-surface text-muted'}`}
    >
      <span className="flex items-center gap-2">
        <StatusShape tone={tone} />
        {text}
      </span>
      {data.lost && <AcknowledgeLoss tenant={tenant} lost={data.lost} />}
      <span className="ml-auto flex items-center gap-1">
        head hash <Copyable text={data.hash} label="head hash" />
      </span>
    </div>
  );
}
