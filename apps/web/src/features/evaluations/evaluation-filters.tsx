/** What the list keeps. Each choice is in the URL; times are the page's range. */
import { EFFECTS } from '@reeve/policy';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { words } from '../../shared/format.js';
import { Button } from '../../shared/ui/button.js';
import { EffectPill, effectWord } from '../../shared/ui/effect-pill.js';
import { FilterValues } from '../../shared/records/filter-values.js';
import { FilterText } from '../../shared/records/filter-text.js';
import { isFiltered, type EvaluationFilters, type EvaluationSearch } from './evaluations.search.js';
import { choicesQuery } from './evaluations.queries.js';
import { REASON_OPTIONS } from './reason-options.js';

const EFFECT_OPTIONS = EFFECTS.map((value) => ({
  value,
  label: effectWord(value),
  node: <EffectPill effect={value} />,
}));
export const NO_FILTERS: EvaluationFilters = {
  effect: undefined,
  reason: undefined,
  tool: undefined,
  assistant: undefined,
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
  const list = (values: readonly string[]) => (values.length === 0 ? undefined : [...values]);
  return (
    <search aria-label="Filter evaluations" className="flex flex-wrap items-center gap-2">
      <FilterValues
        label="Effect"
        options={EFFECT_OPTIONS}
        chosen={search.effect ?? []}
        onChange={(effect) => onChange({ effect: list(effect) as EvaluationFilters['effect'] })}
      />
      <FilterValues
        label="Reason"
        options={REASON_OPTIONS}
        chosen={search.reason ?? []}
        onChange={(reason) => onChange({ reason: list(reason) })}
      />
      <FilterValues
        label="Tool"
        options={(policy?.tools ?? []).map(({ name }) => ({ value: name, label: name }))}
        chosen={search.tool ?? []}
        onChange={(tool) => onChange({ tool: list(tool) })}
      />
      <FilterValues
        label="Assistant"
        options={(policy?.assistants ?? []).map(({ name, title }) => ({ value: name, label: title || name }))}
        chosen={search.assistant ?? []}
        onChange={(assistant) => onChange({ assistant: list(assistant) })}
      />
      <FilterText label="Subject id" value={search.subject} onChange={(subject) => onChange({ subject })} />
      <FilterText label="Run id" value={search.run} onChange={(run) => onChange({ run })} />
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
      {search.reason?.length === 1 && (
        <span className="sr-only">Only evaluations with the reason {words(search.reason[0]!)}</span>
      )}
    </search>
  );
}
