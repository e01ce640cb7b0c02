/** Filters of the list. Each choice is in the URL; times are the page's range. */
import { useQuery } from '@tanstack/react-query';
import { words } from '../../shared/format.js';
import { FilterBar, FilterChip } from '../../shared/records/filter-bar.js';
import { FilterEffects } from '../../shared/records/filter-effects.js';
import { FilterText } from '../../shared/records/filter-text.js';
import { FilterValues } from '../../shared/records/filter-values.js';
import { isFiltered, type EvaluationFilters, type EvaluationSearch } from './evaluations.search.js';
import { choicesQuery } from './evaluations.queries.js';
import { REASON_OPTIONS } from './reason-options.js';

export const NO_FILTERS: EvaluationFilters = {
  effect: undefined,
  reason: undefined,
  tool: undefined,
  assistant: undefined,
  reported: undefined,
  run: undefined,
  subject: undefined,
};

export function EvaluationFilterBar({
  tenant,
  search,
  onChange,
}: {
  readonly tenant: string;
  readonly search: EvaluationSearch;
  readonly onChange: (change: Partial<EvaluationFilters>) => void;
}) {
  const { data: policy } = useQuery(choicesQuery(tenant));
  return (
    <FilterBar label="Filter evaluations" filtered={isFiltered(search)} onClear={() => onChange(NO_FILTERS)}>
      <FilterEffects chosen={search.effect} onChange={(effect) => onChange({ effect })} />
      <FilterValues
        label="Reason"
        options={REASON_OPTIONS}
        chosen={search.reason}
        onChange={(reason) => onChange({ reason })}
      />
      <FilterValues
        label="Tool"
        options={(policy?.tools ?? []).map(({ name }) => ({ value: name, label: name }))}
        chosen={search.tool}
        onChange={(tool) => onChange({ tool })}
      />
      <FilterValues
        label="Assistant"
        options={(policy?.assistants ?? []).map(({ name, title }) => ({ value: name, label: title || name }))}
        chosen={search.assistant}
        onChange={(assistant) => onChange({ assistant })}
      />
      <FilterText
        slash
        label="Subject"
        placeholder="Subject: user/mia"
        value={search.subject}
        onChange={(subject) => onChange({ subject })}
      />
      <FilterText label="Run id" value={search.run} onChange={(run) => onChange({ run })} />
      {search.reported !== undefined && (
        <FilterChip onRemove={() => onChange({ reported: undefined })}>
          {search.reported ? 'Result reported' : 'No result reported'}
        </FilterChip>
      )}
      {search.reason?.length === 1 && (
        <span className="sr-only">Only evaluations with the reason {words(search.reason[0]!)}</span>
      )}
    </FilterBar>
  );
}
