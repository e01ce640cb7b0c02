import { EFFECTS } from '@reeve/policy';
import { X } from 'lucide-react';
import { Button } from '../../shared/ui/button.js';
import { EffectPill, effectWord } from '../../shared/ui/effect-pill.js';
import { FilterValues, type FilterOption } from '../../shared/records/filter-values.js';
import { FilterText } from '../../shared/records/filter-text.js';
import { isFiltered, NO_FILTERS, type AuditFilters, type AuditSearch } from './audit.search.js';

const option = (value: string, label = value): FilterOption => ({ value, label });
const KINDS = [
  option('evaluation', 'Evaluations'),
  option('outcome', 'Outcomes'),
  option('change', 'Changes'),
];
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
].map((value) => option(value));
const EFFECT_OPTIONS = EFFECTS.map((value) => ({
  value,
  label: effectWord(value),
  node: <EffectPill effect={value} />,
}));

const listOf = (values: readonly string[]) => (values.length === 0 ? undefined : [...values]);

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
    <search aria-label="Filter the audit log" className="flex flex-wrap items-center gap-2">
      <FilterValues
        label="Kind"
        options={KINDS}
        chosen={search.kind ?? []}
        onChange={(kind) => onChange({ kind: listOf(kind) as AuditFilters['kind'] })}
      />
      <FilterValues
        label="Action"
        options={ACTIONS}
        chosen={search.action ?? []}
        onChange={(action) => onChange({ action: listOf(action) })}
      />
      <FilterValues
        label="Effect"
        options={EFFECT_OPTIONS}
        chosen={search.effect ?? []}
        onChange={(effect) => onChange({ effect: listOf(effect) as AuditFilters['effect'] })}
      />
      <FilterText
        label="Target"
        placeholder="Target, exactly"
        value={search.target?.[0]}
        onChange={(target) => onChange({ target: target === undefined ? undefined : [target] })}
      />
      <FilterText
        label="Text in action, target or reason"
        placeholder="Text in action, target, reason"
        className="w-52"
        value={search.text}
        onChange={(text) => onChange({ text })}
      />
      {search.actor && (
        <Button
          size="sm"
          className="border-accent bg-accent-soft"
          onClick={() => onChange({ actor: undefined })}
        >
          Actor: {actorName ?? search.actor} <X size={12} aria-hidden />
          <span className="sr-only">, remove</span>
        </Button>
      )}
      {search.reason && (
        <Button
          size="sm"
          className="border-accent bg-accent-soft"
          onClick={() => onChange({ reason: undefined })}
        >
          Reason: {search.reason.join(', ')} <X size={12} aria-hidden />
          <span className="sr-only">, remove</span>
        </Button>
      )}
      {isFiltered(search) && (
        <Button
          size="sm"
          kind="ghost"
          icon={<X size={13} aria-hidden />}
          onClick={() => onChange(NO_FILTERS)}
        >
          Clear filters
        </Button>
      )}
    </search>
  );
}
