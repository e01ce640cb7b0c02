/** What a tenant says of its resources: one is registered, what is said of it changes, it goes. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangedMeanwhile, useBase } from '../../shared/records/changed-meanwhile.js';
import { putBack } from '../../shared/records/put-back.js';
import { SelectField, TextField } from '../../shared/ui/field.js';
import { JsonField, jsonText, objectIn } from '../../shared/ui/json-field.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import { resourceTypesQuery, useRegister, useRemove, type Resource } from './resources.queries.js';

interface DialogProps {
  readonly tenant: string;
  readonly onClose: () => void;
}

export function RegisterDialog({
  tenant,
  type: suggested,
  onClose,
}: DialogProps & { readonly type: string | undefined }) {
  const register = useRegister();
  const { data: types = [] } = useQuery(resourceTypesQuery(tenant));
  const [chosen, setType] = useState(suggested);
  const type = chosen ?? (types.length === 1 ? types[0]!.name : '');
  const [id, setId] = useState('');
  const [text, setText] = useState('{}');
  const properties = objectIn(text);
  return (
    <ReasonDialog
      onClose={onClose}
      title="Register a resource"
      description="Agents may be allowed to act on it; what is said of it here wins against what a request says."
      chips={['New in the system', 'From the inventory']}
      confirmLabel="Register"
      complete={type !== '' && id.trim() !== '' && typeof properties === 'object'}
      fields={['type', 'id', 'properties']}
      onConfirm={async (reason) => {
        const variables = { tenant, type, id: id.trim(), properties, expectedVersion: 0, reason };
        const made = await register.mutateAsync(variables);
        notify({ title: `${made.id} is registered` });
      }}
    >
      {(errorAt) => (
        <>
          <SelectField
            label="Type"
            value={type}
            error={errorAt('type')}
            onChange={(event) => setType(event.target.value)}
          >
            <option value="">Choose…</option>
            {types.map(({ name, title }) => (
              <option key={name} value={name}>
                {title ? `${name} – ${title}` : name}
              </option>
            ))}
          </SelectField>
          <TextField
            data-first
            label="Id"
            value={id}
            error={errorAt('id')}
            spellCheck={false}
            onChange={(event) => setId(event.target.value)}
          />
          <JsonField
            label="Properties (JSON)"
            value={text}
            error={typeof properties === 'string' ? properties : errorAt('properties')}
            onText={setText}
          />
        </>
      )}
    </ReasonDialog>
  );
}

interface ChangeProps extends DialogProps {
  readonly of: Resource;
}

export function ResourceDialog({ tenant, of, onClose }: ChangeProps) {
  const register = useRegister();
  const base = useBase(of, register);
  const now = jsonText(of.properties);
  const [text, setText] = useState(now);
  const properties = objectIn(text);
  const set = (to: unknown, expectedVersion: number, reason: string) =>
    register.mutateAsync({ tenant, type: of.type, id: of.id, properties: to, expectedVersion, reason });
  return (
    <ReasonDialog
      onClose={onClose}
      title={`${of.type} ${of.id}`}
      description="Conditions read it as resource.properties, and it wins against what a request says."
      chips={['It changed', 'Mistake corrected']}
      confirmLabel="Save"
      complete={typeof properties === 'object' && !base.moved}
      fields={['properties']}
      onConfirm={async (reason) => {
        const { version } = await set(properties, base.version, reason);
        notify({
          title: `${of.id} is changed`,
          undo: putBack(reason, (back) => set(of.properties, version, back)),
        });
      }}
    >
      {(errorAt) => (
        <>
          <JsonField
            data-first
            label="Properties (JSON)"
            value={text}
            error={typeof properties === 'string' ? properties : errorAt('properties')}
            onText={setText}
          />
          <ChangedMeanwhile base={base} onTake={() => setText(now)}>
            {now}
          </ChangedMeanwhile>
        </>
      )}
    </ReasonDialog>
  );
}

export function RemoveDialog({ tenant, of, onClose }: ChangeProps) {
  const remove = useRemove();
  const register = useRegister();
  const { type, id, properties } = of;
  return (
    <ReasonDialog
      danger
      onClose={onClose}
      title={`Remove ${type} ${id}`}
      description="Where registered ones only may be touched, it is denied from the next evaluation on. What was recorded stays."
      chips={['Gone from the system', 'Registered by mistake']}
      confirmLabel="Remove resource"
      onConfirm={async (reason) => {
        await remove.mutateAsync({ tenant, type, id, expectedVersion: of.version, reason });
        notify({
          title: `${id} is removed`,
          undo: putBack(reason, (back) =>
            register.mutateAsync({ tenant, type, id, properties, expectedVersion: 0, reason: back }),
          ),
        });
      }}
    />
  );
}
