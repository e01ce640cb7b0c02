/** Every quota, edited where it stands. */
import { targetOf, type PolicyDocument, type PolicyQuota } from '@reeve/policy';
import { X } from 'lucide-react';
import { windowWords } from '../../shared/policy-draft/change-words.js';
import { Cells, Table } from '../../shared/policy-draft/table.js';
import { IconButton } from '../../shared/ui/button.js';
import { ClassChip } from '../../shared/ui/class-chip.js';
import { InlineValue } from './inline-value.js';
import { parseWindow, type QuotaRow } from './quota-rows.js';
import { UseMeter } from './quota-use.js';

const LIMIT_MAX = 1_000_000;

export const parseLimit = (text: string): number | null => {
  const digits = text.replaceAll(/[\s,]/g, '');
  return /^\d{1,7}$/.test(digits) && Number(digits) <= LIMIT_MAX ? Number(digits) : null;
};

export function QuotaTable({
  rows,
  base,
  readOnly,
  onQuota,
}: {
  readonly rows: readonly QuotaRow[];
  readonly base: PolicyDocument;
  readonly readOnly: boolean;
  readonly onQuota: (name: string, value: PolicyQuota | null) => void;
}) {
  return (
    <Table label="Quotas" head={['Tool or class', 'Each', 'Limit', 'Window', 'Now, fullest first', '']}>
      {rows.map(({ name, quota, use }) => {
        const was = base.quotas[name];
        return (
          <Cells
            key={name}
            of={[
              quota.toolClass !== undefined ? (
                <span key="t" title={name} className="flex items-center gap-1.5 whitespace-nowrap">
                  every <ClassChip of={quota.toolClass} /> tool
                </span>
              ) : (
                <span key="t" title={name} className="mono">
                  {quota.tool ?? (quota.action === undefined ? quota.resourceType : targetOf(quota))}
                </span>
              ),
              <span key="p" className="whitespace-nowrap">
                {quota.per}
                {quota.holder !== undefined && <span className="mono text-muted"> {quota.holder}</span>}
              </span>,
              <InlineValue
                key="l"
                label={`Limit of ${name}`}
                shown={quota.limit.toLocaleString('en')}
                parse={parseLimit}
                changed={was?.limit !== quota.limit}
                readOnly={readOnly}
                onValue={(limit) => onQuota(name, { ...quota, limit })}
              />,
              <InlineValue
                key="w"
                label={`Window of ${name}`}
                shown={windowWords(quota.windowSeconds)}
                parse={parseWindow}
                changed={was?.windowSeconds !== quota.windowSeconds}
                readOnly={readOnly}
                onValue={(windowSeconds) => onQuota(name, { ...quota, windowSeconds })}
              />,
              <UseMeter key="u" use={use} limit={quota.limit} />,
              readOnly ? (
                ''
              ) : (
                <IconButton key="x" label={`Remove ${name}`} onClick={() => onQuota(name, null)}>
                  <X size={14} aria-hidden />
                </IconButton>
              ),
            ]}
          />
        );
      })}
    </Table>
  );
}
