/** Making a tenant, and what its owners decide about it. */
import { useState } from 'react';
import { ChangedMeanwhile, useBase } from '../../shared/records/changed-meanwhile.js';
import { CheckField, SelectField, TextField } from '../../shared/ui/field.js';
import { putBack } from '../../shared/records/put-back.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import { ENVIRONMENTS, useCreateTenant, useUpdateTenant, type Tenant } from './tenants.queries.js';

export function CreateTenantDialog({ onClose }: { readonly onClose: () => void }) {
  const create = useCreateTenant();
  const [name, setName] = useState('');
  const [slug, setSlug] = useState('');
  const [environment, setEnvironment] = useState<string>('production');
  return (
    <ReasonDialog
      onClose={onClose}
      title="Create a tenant"
      description="It begins with an empty policy: everything is denied until somebody publishes one."
      chips={['New customer or team', 'Separate environment', 'Drill or evaluation']}
      confirmLabel="Create tenant"
      complete={name.trim() !== '' && slug !== ''}
      fields={['slug', 'name']}
      onConfirm={async (reason) => {
        const made = await create.mutateAsync({ slug, name, environment, reason });
        notify({ title: `${made.name} exists`, description: `At /${made.slug}` });
      }}
    >
      {(errorAt) => (
        <>
          <TextField
            label="Name"
            error={errorAt('name')}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label="Slug"
              error={errorAt('slug')}
              hint="In every address; it stays."
              autoComplete="off"
              spellCheck={false}
              value={slug}
              onChange={(event) => setSlug(event.target.value.toLowerCase())}
            />
            <EnvironmentField value={environment} onChange={setEnvironment} />
          </div>
        </>
      )}
    </ReasonDialog>
  );
}

export function TenantDialog({ of, onClose }: { readonly of: Tenant; readonly onClose: () => void }) {
  const update = useUpdateTenant();
  const base = useBase(of, update);
  const [name, setName] = useState(of.name);
  const [environment, setEnvironment] = useState(of.environment);
  const [twoPersonLift, setTwoPersonLift] = useState(of.twoPersonLift);
  const set = (
    to: Pick<Tenant, 'name' | 'environment' | 'twoPersonLift'>,
    expectedVersion: number,
    reason: string,
  ) => update.mutateAsync({ tenant: of.slug, ...to, expectedVersion, reason });
  return (
    <ReasonDialog
      onClose={onClose}
      title={`Settings of ${of.name}`}
      chips={['Name changed', 'Stricter rule for lifting', 'Mistake corrected']}
      confirmLabel="Save settings"
      complete={name.trim() !== '' && !base.moved}
      fields={['name']}
      onConfirm={async (reason) => {
        const { version } = await set({ name, environment, twoPersonLift }, base.version, reason);
        const before = { name: of.name, environment: of.environment, twoPersonLift: of.twoPersonLift };
        notify({
          title: `${name} is saved`,
          undo: putBack(reason, (back) => set(before, version, back)),
        });
      }}
    >
      {(errorAt) => (
        <>
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label="Name"
              error={errorAt('name')}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <EnvironmentField value={environment} onChange={setEnvironment} />
          </div>
          <CheckField
            label="Lifting a stop takes two people"
            hint="One proposes, another confirms. A global stop always takes two."
            checked={twoPersonLift}
            onChange={(event) => setTwoPersonLift(event.target.checked)}
          />
          <ChangedMeanwhile
            base={base}
            onTake={() => {
              setName(of.name);
              setEnvironment(of.environment);
              setTwoPersonLift(of.twoPersonLift);
            }}
          >
            {of.name}, {of.environment}, lifting takes {of.twoPersonLift ? 'two people' : 'one person'}
          </ChangedMeanwhile>
        </>
      )}
    </ReasonDialog>
  );
}

interface EnvironmentFieldProps {
  readonly value: string;
  readonly onChange: (next: string) => void;
}

function EnvironmentField({ value, onChange }: EnvironmentFieldProps) {
  return (
    <SelectField label="Environment" value={value} onChange={(event) => onChange(event.target.value)}>
      {ENVIRONMENTS.map((each) => (
        <option key={each}>{each}</option>
      ))}
    </SelectField>
  );
}
