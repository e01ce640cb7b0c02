/** A tenant's decisions about one subject: roles, and tools granted or denied beyond them. */
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { isConflict } from '../../shared/api/api-error.js';
import { ChangedMeanwhile, useBase } from '../../shared/records/changed-meanwhile.js';
import { IconButton } from '../../shared/ui/button.js';
import { EffectPill } from '../../shared/ui/effect-pill.js';
import { CheckField, SelectField, TextField } from '../../shared/ui/field.js';
import { putBack } from '../../shared/records/put-back.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import {
  grantsOf,
  grantWords,
  subjectChoicesQuery,
  useBind,
  useUnbind,
  type Grants,
  type Subject,
} from './subjects.queries.js';

const CHIPS = ['New customer', 'Duties changed', 'Mistake corrected'];

interface BindProps {
  readonly tenant: string;
  readonly onClose: () => void;
}

export function BindDialog({ tenant, onClose }: BindProps) {
  const bind = useBind();
  const [type, setType] = useState('user');
  const [id, setId] = useState('');
  const [rights, setRights] = useState<Rights>({ roles: [], grants: {} });
  return (
    <ReasonDialog
      onClose={onClose}
      title="Bind a subject"
      description="Agents may act on behalf of subjects that are bound here; others are refused."
      chips={CHIPS}
      confirmLabel="Bind subject"
      complete={type.trim() !== '' && id.trim() !== ''}
      fields={['type', 'id']}
      onConfirm={async (reason) => {
        const name = { type: type.trim(), id: id.trim() };
        await bind
          .mutateAsync({ tenant, ...name, ...rights, reason, expectedVersion: 0 })
          .catch((failure: unknown) => {
            throw isConflict(failure)
              ? new Error(`${name.type} ${name.id} is bound already: close this and open it in the list.`)
              : failure;
          });
        notify({ title: `${name.id} is bound` });
      }}
    >
      {(errorAt) => (
        <>
          <div className="grid grid-cols-[120px_minmax(0,1fr)] gap-3">
            <TextField
              label="Type"
              error={errorAt('type')}
              value={type}
              onChange={(event) => setType(event.target.value)}
            />
            <TextField
              data-first
              label="Id"
              error={errorAt('id')}
              autoComplete="off"
              spellCheck={false}
              value={id}
              onChange={(event) => setId(event.target.value)}
            />
          </div>
          <RightsEditor tenant={tenant} of={rights} onChange={setRights} />
        </>
      )}
    </ReasonDialog>
  );
}

interface ChangeProps extends BindProps {
  readonly of: Subject;
}

export function SubjectDialog({ tenant, of, onClose }: ChangeProps) {
  const bind = useBind();
  const base = useBase(of, bind);
  const now: Rights = { roles: of.roles, grants: grantsOf(of) };
  const [rights, setRights] = useState(now);
  const set = (to: Rights, expectedVersion: number, reason: string) =>
    bind.mutateAsync({ tenant, type: of.type, id: of.id, ...to, reason, expectedVersion });
  return (
    <ReasonDialog
      onClose={onClose}
      title={`${of.type} ${of.id}`}
      chips={CHIPS}
      confirmLabel="Save"
      complete={!base.moved}
      onConfirm={async (reason) => {
        const { version } = await set(rights, base.version, reason);
        notify({
          title: `${of.id} is changed`,
          undo: putBack(reason, (back) => set(now, version, back)),
        });
      }}
    >
      <RightsEditor tenant={tenant} of={rights} onChange={setRights} />
      <ChangedMeanwhile base={base} onTake={() => setRights(now)}>
        {[of.roles.join(', ') || 'no role', grantWords(of)].filter(Boolean).join('; ')}
      </ChangedMeanwhile>
    </ReasonDialog>
  );
}

interface Rights {
  readonly roles: string[];
  readonly grants: Grants;
}
interface RightsEditorProps {
  readonly tenant: string;
  readonly of: Rights;
  readonly onChange: (next: Rights) => void;
}

function RightsEditor({ tenant, of: { roles, grants }, onChange }: RightsEditorProps) {
  const { data: policy } = useQuery(subjectChoicesQuery(tenant));
  return (
    <>
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 text-12 font-medium text-muted">Roles of the policy</legend>
        {policy?.roles.map(({ name, title, description }) => (
          <CheckField
            key={name}
            label={title || name}
            hint={description || undefined}
            checked={roles.includes(name)}
            onChange={(event) =>
              onChange({
                grants,
                roles: event.target.checked ? [...roles, name] : roles.filter((each) => each !== name),
              })
            }
          />
        ))}
      </fieldset>
      <GrantsEditor
        grants={grants}
        tools={policy?.tools.map(({ name }) => name) ?? []}
        onChange={(next) => onChange({ roles, grants: next })}
      />
    </>
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

export function UnbindDialog({ tenant, of, onClose }: ChangeProps) {
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
