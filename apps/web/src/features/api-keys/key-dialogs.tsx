/** A program's credential: made for assistants or for automation, shown once, revoked at once. */
import type { AdminRole } from '@reeve/policy/roles';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ApiKeyKind, ApiKeyScope } from '../../shared/gql/generated/graphql.js';
import { RolePicker } from '../../shared/records/role-picker.js';
import { CodeLine, ShownOnce } from '../../shared/records/shown-once.js';
import { CheckField, SelectField, TextField } from '../../shared/ui/field.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import {
  firstQuestionQuery,
  keyAssistantsQuery,
  useCreateKey,
  useRevokeKey,
  type ApiKey,
} from './api-keys.queries.js';
import { curlExample } from './curl-example.js';

interface CreateProps {
  readonly tenant: string;
  readonly onClose: () => void;
}

export function CreateKeyDialog({ tenant, onClose }: CreateProps) {
  const create = useCreateKey();
  const { data: policy } = useQuery(keyAssistantsQuery(tenant));
  const [purpose, setPurpose] = useState<Purpose>('agent');
  const { kind, scopes } = PURPOSES[purpose];
  const [name, setName] = useState('');
  const [assistants, setAssistants] = useState<readonly string[]>([]);
  const [roles, setRoles] = useState<readonly AdminRole[]>([]);
  const [days, setDays] = useState('90');
  const [secret, setSecret] = useState<string | null>(null);
  const made = useRef(false);
  if (secret !== null)
    return (
      <ShownOnce title={`The key ${name}`} label="Secret" secret={secret} onClose={onClose}>
        {DECIDES.has(purpose) && <FirstQuestion tenant={tenant} assistants={assistants} secret={secret} />}
      </ShownOnce>
    );
  return (
    <ReasonDialog
      onClose={() => made.current || onClose()}
      title="Create an API key"
      chips={['New agent goes live', 'Rotation of an old key', 'Automation of a change']}
      confirmLabel="Create key"
      complete={name.trim() !== ''}
      fields={['name', 'expiresInDays']}
      onConfirm={async (reason) => {
        const created = await create.mutateAsync({
          tenant,
          name,
          kind,
          assistants: kind === 'agent' ? [...assistants] : [],
          scopes: [...scopes],
          roles: kind === 'management' ? [...roles] : [],
          expiresInDays: kind === 'management' ? Number(days) : null,
          reason,
        });
        // The dialog closes itself on success, and this one has the secret to show.
        made.current = true;
        setSecret(created.secret);
      }}
    >
      {(errorAt) => (
        <>
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField
              label="Name"
              error={errorAt('name')}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <SelectField
              label="For"
              value={purpose}
              onChange={(event) => setPurpose(event.target.value as Purpose)}
            >
              {Object.entries(PURPOSES).map(([each, { label }]) => (
                <option key={each} value={each}>
                  {label}
                </option>
              ))}
            </SelectField>
          </div>
          {kind === 'management' ? (
            <>
              <SelectField label="Ends" value={days} onChange={(event) => setDays(event.target.value)}>
                {ENDS.map(([each, label]) => (
                  <option key={each} value={each}>
                    {label}
                  </option>
                ))}
              </SelectField>
              <RolePicker chosen={roles} onChange={setRoles} />
              <p className="text-12 text-muted">
                It never may more than you: it shrinks and ends with your own roles, and makes neither members
                nor keys.
              </p>
            </>
          ) : (
            <fieldset className="flex flex-col gap-1.5">
              <legend className="mb-1.5 text-12 font-medium text-muted">
                Speaks for (none chosen: any assistant)
              </legend>
              {policy?.assistants.map((assistant) => (
                <CheckField
                  key={assistant.name}
                  label={assistant.title || assistant.name}
                  hint={assistant.name}
                  checked={assistants.includes(assistant.name)}
                  onChange={(event) =>
                    setAssistants(
                      event.target.checked
                        ? [...assistants, assistant.name]
                        : assistants.filter((each) => each !== assistant.name),
                    )
                  }
                />
              ))}
            </fieldset>
          )}
        </>
      )}
    </ReasonDialog>
  );
}

const PURPOSES = {
  agent: { label: 'an agent: asks and reports', kind: 'agent', scopes: ['decisions'] },
  tracing_agent: {
    label: 'an agent that sends traces too',
    kind: 'agent',
    scopes: ['decisions', 'telemetry'],
  },
  exporter: { label: 'an exporter: sends traces, asks nothing', kind: 'agent', scopes: ['telemetry'] },
  management: { label: 'automation: governs like a member', kind: 'management', scopes: [] },
} as const satisfies Record<string, { label: string; kind: ApiKeyKind; scopes: readonly ApiKeyScope[] }>;
type Purpose = keyof typeof PURPOSES;
const DECIDES: ReadonlySet<Purpose> = new Set(['agent', 'tracing_agent']);

const ENDS = [
  ['7', 'in a week'],
  ['30', 'in 30 days'],
  ['90', 'in 90 days'],
  ['365', 'in a year'],
] as const;

/** One that will be allowed; or what is missing until there can be one. */
function FirstQuestion({
  tenant,
  assistants,
  secret,
}: {
  readonly tenant: string;
  readonly assistants: readonly string[];
  readonly secret: string;
}) {
  const { data: question } = useQuery(firstQuestionQuery(tenant, assistants));
  if (question === undefined) return null;
  if (question === null)
    return (
      <p className="text-13 text-muted">
        Nothing is allowed to anybody yet that this key could ask. It takes an assistant with a tool, a role
        that may use it, and a subject who has that role.
      </p>
    );
  return (
    <CodeLine
      label="A first question, which is allowed"
      text={curlExample(location.origin, secret, question)}
    />
  );
}

export function RevokeKeyDialog({ tenant, of, onClose }: CreateProps & { readonly of: ApiKey }) {
  const revoke = useRevokeKey();
  return (
    <ReasonDialog
      danger
      onClose={onClose}
      title={`Revoke ${of.name}`}
      description="The next request with it is refused. A revoked key does not come back; create a new one instead."
      chips={['Replaced by a new key', 'Agent retired', 'Key was exposed']}
      confirmLabel="Revoke key"
      onConfirm={async (reason) => {
        await revoke.mutateAsync({ tenant, id: of.id, expectedVersion: of.version, reason });
        notify({ title: `${of.name} is revoked` });
      }}
    />
  );
}
