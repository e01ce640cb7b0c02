/** Stopping is easy: open, a reason, stop. Friction grows with scope, not with fear: only the whole platform is typed. */
import { isReason } from '@reeve/policy';
import { whoMay } from '@reeve/policy/roles';
import { STOP_ALL, stopSentence } from '@reeve/policy/stops';
import { useState } from 'react';
import { ALL, useAbility, useSession } from '../../shared/api/session.js';
import type { KillMode, KillScope } from '../../shared/gql/generated/graphql.js';
import { useShowing } from '../../shared/showing.js';
import { SelectField, TextField } from '../../shared/ui/field.js';
import { FormDialog } from '../../shared/ui/form-dialog.js';
import { ReasonInput } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import { useEngage } from './kill-switch.queries.js';
import { Impact, LiftTerms } from './stop-facts.js';
import type { StopOf } from './stoppable.js';
import { StopTarget } from './stop-target.js';

const CHIPS = ['Suspected abuse', 'Upstream outage', 'Bad release', 'Drill for practice'];
const SCOPES: readonly (readonly [KillScope, string])[] = [
  ['tenant', 'The whole tenant'],
  ['tool', 'One tool'],
  ['assistant', 'One assistant'],
  ['tool_class', 'A class of tools'],
  ['global', 'Every tenant'],
];
const MODES: readonly (readonly [KillMode, string])[] = [
  ['answers_only', 'Answers only'],
  ['read_only', 'Read only'],
  ['stopped', 'Full stop'],
];
const UNNAMED: { readonly [scope in KillScope]: string } = {
  global: 'every tenant',
  tenant: 'a tenant',
  tool: 'a tool',
  assistant: 'an assistant',
  tool_class: 'a class of tools',
};

interface StopDialogProps {
  readonly scope: string;
  readonly of?: StopOf | undefined;
  readonly onClose: () => void;
}

export function StopDialog({ scope: at, of, onClose }: StopDialogProps) {
  const { tenants } = useSession();
  const showing = useShowing();
  // Nobody is stopped because they come first: across tenants one is chosen, unless there is only one.
  const [tenant, setTenant] = useState(at !== ALL ? at : tenants.length === 1 ? tenants[0]!.tenant.slug : '');
  const ability = useAbility(tenant || ALL);
  const mayStopAll = ability.can('engage', 'GlobalKillSwitch');
  const everywhere = at === ALL && mayStopAll;
  const [scope, setScope] = useState<KillScope>(of?.scope ?? (everywhere ? 'global' : 'tenant'));
  const [target, setTarget] = useState(of?.target ?? '');
  const [mode, setMode] = useState<KillMode>('answers_only');
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const engage = useEngage();
  const needsTarget = scope !== 'global' && scope !== 'tenant';
  // A tool that is stopped is refused in any mode.
  const ofTools = scope === 'tool' || scope === 'tool_class';
  const depth = ofTools ? 'stopped' : mode;
  const may = ability.can('engage', scope === 'global' ? 'GlobalKillSwitch' : 'KillSwitch');
  const ready =
    may &&
    (tenant !== '' || scope === 'global') &&
    isReason(reason) &&
    (!needsTarget || target.trim() !== '') &&
    (scope !== 'global' || typed === STOP_ALL);
  // The API is asked in a tenant, also about a global stop.
  const asked = scope === 'global' ? tenants[0]!.tenant.slug : tenant;
  const title = tenants.find((each) => each.tenant.slug === tenant)?.tenant.name ?? (tenant || 'a tenant');
  const name = scope === 'tenant' ? title : target.trim() || UNNAMED[scope];

  const stop = () =>
    engage.mutate(
      {
        tenant: asked,
        scope,
        target: needsTarget ? target.trim() : '',
        mode: depth,
        reason: reason.trim(),
        ...(scope === 'global' ? { confirm: typed } : {}),
      },
      {
        onSuccess: ({ engagedSeq }) => {
          notify({
            title: `Stopped: ${name}`,
            description: `In force from record #${engagedSeq}, on every replica.`,
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
      title={`Stop ${name}`}
      description={stopSentence({ scope, target: target.trim(), mode: depth }, title)}
      act={`Stop ${name}`}
      ready={ready}
      pending={engage.isPending}
      onSubmit={stop}
    >
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        {at === ALL && scope !== 'global' && (
          <SelectField label="Tenant" value={tenant} onChange={(event) => setTenant(event.target.value)}>
            <option value="" disabled>
              Choose a tenant
            </option>
            {tenants.map(({ tenant: { slug, name: each } }) => (
              <option key={slug} value={slug}>
                {each}
              </option>
            ))}
          </SelectField>
        )}
        <SelectField
          label="What to stop"
          value={scope}
          onChange={(event) => {
            const next = event.target.value as KillScope;
            setScope(next);
            // What the page shows, and nothing because it comes first in a list.
            setTarget((next === 'tool' && showing.tool) || (next === 'assistant' && showing.assistant) || '');
          }}
        >
          {SCOPES.filter(([each]) => each !== 'global' || mayStopAll).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        {needsTarget && (
          <StopTarget key={scope} tenant={tenant} scope={scope} value={target} onChange={setTarget} />
        )}
        {!ofTools && (
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
        )}
      </div>
      <Impact tenant={asked} scope={scope} target={needsTarget ? target.trim() : ''} />
      {may && <LiftTerms tenant={asked} scope={scope} />}
      <ReasonInput value={reason} onChange={setReason} chips={CHIPS} first error={engage.error?.message} />
      {(scope === 'global' || (mayStopAll && of === undefined)) && (
        <TextField
          label={`Type ${STOP_ALL} to stop every tenant${scope === 'global' ? '' : ' instead'}`}
          value={typed}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value);
            // The phrase says what to stop, from wherever the dialog was opened.
            if (event.target.value === STOP_ALL) setScope('global');
          }}
        />
      )}
      {!may && (
        <p className="text-12 text-deny">
          Stopping this takes{' '}
          {scope === 'global' ? 'a platform administrator' : `the role ${whoMay('engage', 'KillSwitch')}`}.
        </p>
      )}
    </FormDialog>
  );
}
