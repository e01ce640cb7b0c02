/** The choice of a tool, an assistant or a class. Nothing is chosen because it comes first. */
import { classWord, type ToolClass } from '@reeve/policy';
import { useQuery } from '@tanstack/react-query';
import type { KillScope } from '../../shared/gql/generated/graphql.js';
import { ChoiceField } from '../../shared/ui/choice-field.js';
import { SelectField } from '../../shared/ui/field.js';
import { stopTargetsQuery } from './kill-switch.queries.js';

/** Those that are stopped in a hurry first. */
const CLASSES = ['dangerous', 'write', 'read', 'human_only'] as const satisfies readonly ToolClass[];

interface StopTargetProps {
  readonly tenant: string;
  readonly scope: Exclude<KillScope, 'global' | 'tenant'>;
  readonly value: string;
  readonly onChange: (target: string) => void;
}

export function StopTarget({ tenant, scope, value, onChange }: StopTargetProps) {
  const { data, error } = useQuery({ ...stopTargetsQuery(tenant), enabled: tenant !== '' });
  if (scope === 'tool_class')
    return (
      <SelectField label="Which" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="" disabled>
          Choose a class
        </option>
        {CLASSES.map((one) => (
          <option key={one} value={one}>
            {classWord(one)}
          </option>
        ))}
      </SelectField>
    );
  const named = scope === 'tool' ? data?.tools : data?.assistants;
  return (
    <ChoiceField
      label="Which"
      placeholder={scope === 'tool' ? 'Name of a tool' : 'Name of an assistant'}
      value={value}
      onChange={onChange}
      choices={named?.map(({ name }) => name) ?? []}
      hint={error && 'The list could not be read: type the name in full.'}
    />
  );
}
