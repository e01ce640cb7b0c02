/** The decision, as a filter. */
import { EFFECTS } from '@reeve/policy';
import { EffectPill, effectWord } from '../ui/effect-pill.js';
import { FilterValues } from './filter-values.js';

type Effect = (typeof EFFECTS)[number];
const OPTIONS = EFFECTS.map((value) => ({
  value,
  label: effectWord(value),
  node: <EffectPill effect={value} />,
}));

interface FilterEffectsProps {
  readonly chosen: readonly Effect[] | undefined;
  readonly onChange: (next: Effect[] | undefined) => void;
}

export function FilterEffects({ chosen, onChange }: FilterEffectsProps) {
  return <FilterValues label="Effect" options={OPTIONS} chosen={chosen} onChange={onChange} />;
}
