/** What the log keeps. Each choice is in the URL; times are the page's range. */
import { FilterBar, FilterChip } from '../../shared/records/filter-bar.js';
import { FilterEffects } from '../../shared/records/filter-effects.js';
import { FilterText } from '../../shared/records/filter-text.js';
import { FilterValues } from '../../shared/records/filter-values.js';
import { isFiltered, NO_FILTERS, type AuditFilters, type AuditSearch } from './audit.search.js';

const KINDS = [
  { value: 'evaluation', label: 'Evaluations' },
  { value: 'outcome', label: 'Outcomes' },
  { value: 'change', label: 'Changes' },
] as const;
const ACTIONS = [
  'tools/call',
  'succeeded',
  'failed',
  'not_executed',
  'policy.publish',
  'policy.rollback',
  'kill_switch.engage',
  'kill_switch.propose_lift',
  'kill_switch.lift',
  'member.add',
  'member.set_roles',
  'member.remove',
  'api_key.create',
  'api_key.revoke',
  'subject.bind',
  'subject.unbind',
  'tenant.create',
  'tenant.update',
  'audit.export',
].map((value) => ({ value, label: value }));

export function AuditFilterBar({
  search,
  onChange,
  actorName,
}: {
  readonly search: AuditSearch;
  readonly onChange: (change: Partial<AuditFilters>) => void;
  readonly actorName: string | undefined;
}) {
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
      <FilterEffects chosen={search.effect} onChange={(effect) => onChange({ effect })} />
      <FilterText
        label="Target"
        placeholder="Target, exactly"
        value={search.target?.[0]}
        onChange={(target) => onChange({ target: target === undefined ? undefined : [target] })}
      />
      <FilterText
        slash
        label="Text in action, target or reason"
        placeholder="Text in action, target, reason"
        className="w-56"
        value={search.text}
        onChange={(text) => onChange({ text })}
      />
      {search.actor && (
        <FilterChip onRemove={() => onChange({ actor: undefined })}>
          Actor: {actorName ?? search.actor}
        </FilterChip>
      )}
      {search.reason && (
        <FilterChip onRemove={() => onChange({ reason: undefined })}>
          Reason: {search.reason.join(', ')}
        </FilterChip>
      )}
    </FilterBar>
  );
}
