/** What a tenant decided about one subject: roles, and tools granted or denied beyond them. */
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../shared/ui/button.js';
import { EffectPill } from '../../shared/ui/effect-pill.js';
import { CheckField, SelectField, TextField } from '../../shared/ui/field.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import {
  grantsOf,
  subjectChoicesQuery,
  useBind,
  useUnbind,
  type Grants,
  type Subject,
} from './subjects.queries.js';

interface Props {
  readonly tenant: string;
  /** null: a new one. */
  readonly of: Subject | null;
  readonly onClose: () => void;
}

export function BindDialog({ tenant, of, onClose }: Props) {
  const bind = useBind();
  const { data: policy } = useQuery(subjectChoicesQuery(tenant));
  const [type, setType] = useState(of?.type ?? 'user');
  const [id, setId] = useState(of?.id ?? '');
  const [roles, setRoles] = useState<readonly string[]>(of?.roles ?? []);
  const [grants, setGrants] = useState<Grants>(of ? grantsOf(of) : {});
  return (
    <ReasonDialog
      onClose={onClose}
      title={of ? `${of.type} ${of.id}` : 'Bind a subject'}
      description={
        of ? undefined : 'Agents may act on behalf of subjects that are bound here; others are refused.'
      }
      chips={['New customer', 'Duties changed', 'Mistake corrected']}
      confirmLabel={of ? 'Save' : 'Bind subject'}
      onConfirm={async (reason) => {
        const input = { tenant, type: type.trim(), id: id.trim(), reason };
        const { version } = await bind.mutateAsync({
          ...input,
          roles: [...roles],
          grants,
          expectedVersion: of?.version ?? 0,
        });
        notify({
          title: `${input.id} ${of ? 'is changed' : 'is bound'}`,
          ...(of && {
            undo: {
              label: 'Put back',
              run: () =>
                void bind
                  .mutateAsync({
                    ...input,
                    reason: `Put back: ${reason}`.slice(0, 500),
                    roles: of.roles,
                    grants: of.grants,
                    expectedVersion: version,
                  })
                  .catch((failure: Error) => notify({ title: 'Not put back', description: failure.message })),
            },
          }),
        });
      }}
    >
      {!of && (
        <div className="grid grid-cols-[120px_minmax(0,1fr)] gap-3">
          <TextField label="Type" value={type} onChange={(event) => setType(event.target.value)} />
          <TextField
            label="Id"
            autoComplete="off"
            value={id}
            onChange={(event) => setId(event.target.value)}
          />
        </div>
      )}
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 text-12 font-medium text-muted">Roles of the policy</legend>
        {policy?.roles.map((role) => (
          <CheckField
            key={role.name}
            label={role.title || role.name}
            hint={role.description || undefined}
            checked={roles.includes(role.name)}
            onChange={(event) =>
              setRoles(
                event.target.checked ? [...roles, role.name] : roles.filter((each) => each !== role.name),
              )
            }
          />
        ))}
      </fieldset>
      <GrantsEditor
        grants={grants}
        tools={policy?.tools.map(({ name }) => name) ?? []}
        onChange={setGrants}
      />
    </ReasonDialog>
  );
}

interface GrantsEditorProps {
  readonly grants: Grants;
  readonly tools: readonly string[];
  readonly onChange: (next: Grants) => void;
}

/** A denial here beats every role; an allowance does not beat a denial of the matrix. */
function GrantsEditor({ grants, tools, onChange }: GrantsEditorProps) {
  const without = (tool: string): Grants =>
    Object.fromEntries(Object.entries(grants).filter(([name]) => name !== tool));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-12 font-medium text-muted">
        Tools beyond the roles (a denial here beats every role)
      </legend>
      <ul className="flex flex-col gap-1">
        {Object.entries(grants).map(([tool, effect]) => (
          <li key={tool} className="flex items-center gap-2">
            <EffectPill effect={effect} />
            <code className="min-w-0 flex-1 truncate">{tool}</code>
            <IconButton label={`Take away ${tool}`} onClick={() => onChange(without(tool))}>
              <X size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="grid grid-cols-2 gap-2">
        {(['allow', 'deny'] as const).map((effect) => (
          <SelectField
            key={effect}
            label={effect === 'allow' ? 'Allow a tool' : 'Deny a tool'}
            value=""
            onChange={(event) => event.target.value && onChange({ ...grants, [event.target.value]: effect })}
          >
            <option value="">Choose…</option>
            {tools
              .filter((tool) => grants[tool] !== effect)
              .map((tool) => (
                <option key={tool}>{tool}</option>
              ))}
          </SelectField>
        ))}
      </div>
    </fieldset>
  );
}

export function UnbindDialog({ tenant, of, onClose }: Props & { readonly of: Subject }) {
  const unbind = useUnbind();
  return (
    <ReasonDialog
      danger
      onClose={onClose}
      title={`Unbind ${of.id}`}
      description="From the next evaluation on, agents may not act for this subject. What was recorded stays."
      chips={['Account closed', 'Duplicate of another', 'Security incident']}
      confirmLabel="Unbind subject"
      onConfirm={async (reason) => {
        await unbind.mutateAsync({ tenant, type: of.type, id: of.id, expectedVersion: of.version, reason });
        notify({ title: `${of.id} is unbound` });
      }}
    />
  );
}
