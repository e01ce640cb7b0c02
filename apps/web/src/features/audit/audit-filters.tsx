/** Filters of the log. Each choice is in the URL; times are the page's range. */
import { CHANGE_ACTIONS } from '@reeve/policy';
import { useQuery } from '@tanstack/react-query';
import { words } from '../../shared/format.js';
import { headlineOf } from '../../shared/records/change-words.js';
import { FilterBar, FilterChip } from '../../shared/records/filter-bar.js';
import { FilterEffects } from '../../shared/records/filter-effects.js';
import { FilterText } from '../../shared/records/filter-text.js';
import { FilterValues } from '../../shared/records/filter-values.js';
import { auditActorsQuery } from './audit.queries.js';
import { isFiltered, NO_FILTERS, type AuditFilters, type AuditSearch } from './audit.search.js';

const KINDS = [
  { value: 'evaluation', label: 'Evaluations' },
  { value: 'outcome', label: 'Outcomes' },
  { value: 'change', label: 'Changes' },
] as const;
const ACTIONS = ['tools/call', 'succeeded', 'failed', 'not_executed', ...CHANGE_ACTIONS].map((value) => ({
  value,
  label: value.includes('.') ? headlineOf(value) : words(value),
}));

export function AuditFilterBar({
  tenant,
  search,
  onChange,
}: {
  readonly tenant: string;
  readonly search: AuditSearch;
  readonly onChange: (change: Partial<AuditFilters>) => void;
}) {
  const { data: actors = [] } = useQuery(auditActorsQuery(tenant));
  return (
    <FilterBar
      label="Filter the audit log"
      filtered={isFiltered(search)}
      onClear={() => onChange(NO_FILTERS)}
    >
      <FilterValues
        label="Kind"
        options={KINDS}
        chosen={search.kind}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterValues
        label="Action"
        options={ACTIONS}
        chosen={search.action}
        onChange={(action) => onChange({ action })}
      />
      <FilterValues
        label="Actor"
        options={actors.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={search.actor === undefined ? undefined : [search.actor]}
        onChange={(next) => onChange({ actor: next?.at(-1) })}
      />
      <FilterText
        label="Subject"
        placeholder="Subject, exactly"
        value={search.subject}
        onChange={(subject) => onChange({ subject })}
      />
      <FilterEffects chosen={search.effect} onChange={(effect) => onChange({ effect })} />
      <FilterText
        label="Target"
        placeholder="Target, exactly"
        value={search.target?.[0]}
        onChange={(target) => onChange({ target: target === undefined ? undefined : [target] })}
      />
      <FilterText
        slash
        label="Text in action, target, reason or names"
        placeholder="Text in action, target, reason, names"
        className="w-72"
        value={search.text}
        onChange={(text) => onChange({ text })}
      />
      {search.reason && (
        <FilterChip onRemove={() => onChange({ reason: undefined })}>
          Reason: {search.reason.join(', ')}
        </FilterChip>
      )}
    </FilterBar>
  );
}
