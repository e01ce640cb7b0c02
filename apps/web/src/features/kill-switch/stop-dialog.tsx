/** Stopping is easy: open, a reason, stop. Friction grows with scope, not with fear: only the whole platform is typed. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ALL, useAbility, useSession } from '../../shared/api/session.js';
import { count } from '../../shared/format.js';
import type { KillMode, KillScope } from '../../shared/gql/generated/graphql.js';
import { SelectField, TextField } from '../../shared/ui/field.js';
import { FormDialog } from '../../shared/ui/form-dialog.js';
import { REASON_MIN, ReasonInput } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import { impactQuery, stopTargetsQuery, useEngage } from './kill-switch.queries.js';

const CHIPS = ['Suspected abuse', 'Upstream outage', 'Bad release', 'Drill for practice'];
const SCOPES: readonly (readonly [KillScope, string])[] = [
  ['tenant', 'The whole tenant'],
  ['tool', 'One tool'],
  ['assistant', 'One assistant'],
  ['tool_class', 'A class of tools'],
  ['global', 'Every tenant'],
];
const MODES: readonly (readonly [KillMode, string, string])[] = [
  ['answers_only', 'Answers only', 'Agents keep answering. No tool runs until you lift it.'],
  ['read_only', 'Read only', 'Tools that only read keep running.'],
  ['stopped', 'Full stop', 'Nothing is allowed at all.'],
];
const STOP_ALL = 'STOP ALL';

export function StopDialog({ scope: at, onClose }: { readonly scope: string; readonly onClose: () => void }) {
  const { tenants } = useSession();
  // Nobody is stopped because they come first: across tenants one is chosen, unless there is only one.
  const [tenant, setTenant] = useState(at !== ALL ? at : tenants.length === 1 ? tenants[0]!.tenant.slug : '');
  const ability = useAbility(tenant || ALL);
  const [scope, setScope] = useState<KillScope>('tenant');
  const [target, setTarget] = useState('');
  const [mode, setMode] = useState<KillMode>('answers_only');
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const engage = useEngage();
  const targets = useTargets(tenant, scope);
  const needsTarget = targets !== null;
  const chosen = needsTarget ? target || (targets[0] ?? '') : '';
  const may = ability.can('engage', scope === 'global' ? 'GlobalKillSwitch' : 'KillSwitch');
  const ready =
    may &&
    (tenant !== '' || scope === 'global') &&
    reason.trim().length >= REASON_MIN &&
    (!needsTarget || chosen !== '') &&
    (scope !== 'global' || typed === STOP_ALL);
  const name =
    scope === 'global'
      ? 'every tenant'
      : scope === 'tenant'
        ? (tenants.find((t) => t.tenant.slug === tenant)?.tenant.name ?? (tenant || 'a tenant'))
        : chosen || 'a tenant';

  const stop = () =>
    engage.mutate(
      {
        tenant: tenant || tenants[0]!.tenant.slug,
        scope,
        target: chosen,
        mode,
        reason: reason.trim(),
        ...(scope === 'global' ? { confirm: typed } : {}),
      },
      {
        onSuccess: ({ engagedSeq }) => {
          notify({
            title: `Stopped: ${name}`,
            description: `In force from record #${engagedSeq}: nothing after it is allowed, on any replica.`,
          });
          onClose();
        },
      },
    );

  return (
    <FormDialog
      onClose={onClose}
      hazard
      danger
      title={`Stop tools for ${name}`}
      description={MODES.find(([each]) => each === mode)![2]}
      act={`Stop ${name}`}
      ready={ready}
      pending={engage.isPending}
      onSubmit={stop}
    >
      <div className="grid grid-cols-2 gap-3">
        {at === ALL && scope !== 'global' && (
          <SelectField label="Tenant" value={tenant} onChange={(event) => setTenant(event.target.value)}>
            <option value="" disabled>
              Choose a tenant
            </option>
            {tenants.map(({ tenant: { slug, name: title } }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </SelectField>
        )}
        <SelectField
          label="What to stop"
          value={scope}
          onChange={(event) => {
            setScope(event.target.value as KillScope);
            setTarget('');
          }}
        >
          {SCOPES.filter(([each]) => each !== 'global' || ability.can('engage', 'GlobalKillSwitch')).map(
            ([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ),
          )}
        </SelectField>
        {needsTarget && (
          <SelectField label="Which" value={chosen} onChange={(event) => setTarget(event.target.value)}>
            {targets.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </SelectField>
        )}
        <SelectField
          label="How far"
          value={mode}
          onChange={(event) => setMode(event.target.value as KillMode)}
        >
          {MODES.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      <Impact tenant={scope === 'global' ? tenants[0]!.tenant.slug : tenant} scope={scope} target={chosen} />
      <ReasonInput
        value={reason}
        onChange={setReason}
        chips={CHIPS}
        first
        error={engage.error?.message ?? null}
      />
      {scope === 'global' && (
        <TextField
          label={`Type ${STOP_ALL} to stop every tenant`}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {!may && (
        <p className="text-12 text-deny">
          Stopping this takes the role operator{scope === 'global' ? ' of the platform' : ''}.
        </p>
      )}
    </FormDialog>
  );
}

/** null: this scope has no target. */
function useTargets(tenant: string, scope: KillScope): readonly string[] | null {
  const { data } = useQuery({ ...stopTargetsQuery(tenant), enabled: tenant !== '' });
  if (scope === 'tool') return data?.tools.map(({ name }) => name) ?? [];
  if (scope === 'assistant') return data?.assistants.map(({ name }) => name) ?? [];
  if (scope === 'tool_class') return ['dangerous', 'write', 'read', 'human_only'];
  return null;
}

function Impact({
  tenant,
  scope,
  target,
}: {
  readonly tenant: string;
  readonly scope: KillScope;
  readonly target: string;
}) {
  const { data } = useQuery({ ...impactQuery(tenant, scope, target), enabled: tenant !== '' });
  const figures = [
    ['Assistants', data && count(data.assistants)],
    ['Calls/min, past 5 min', data && data.callsPerMinute.toFixed(data.callsPerMinute < 10 ? 1 : 0)],
    ['Allowed in the past hour', data && count(data.allowedLastHour)],
  ] as const;
  return (
    <div>
      <dl className="grid grid-cols-3 gap-2">
        {figures.map(([label, value]) => (
          <div key={label} className="rounded-control bg-sunken px-3 py-2">
            <dt className="text-12 text-muted">{label}</dt>
            <dd className="text-16 font-semibold">{value ?? '–'}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1.5 text-12 text-faint">
        Calls that were allowed before finish. What was sent or paid is not undone.
      </p>
    </div>
  );
}
