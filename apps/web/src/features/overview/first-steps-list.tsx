/**
 * The first steps of a new tenant until its first agent is answered: the list ticks itself, each step leads to where it
 * is done. It stays until an agent has asked; from then on it can be put away, and it goes when nothing is left.
 */
import { whoMay, type AdminAction, type AdminResource } from '@reeve/policy/roles';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAbility } from '../../shared/api/session.js';
import { Button } from '../../shared/ui/button.js';
import { GuideLink } from '../../shared/ui/guide-link.js';
import { Panel } from '../../shared/ui/panel.js';
import { Status } from '../../shared/ui/status.js';
import type { FirstSteps as Done } from './first-steps.queries.js';

interface Step {
  readonly title: string;
  readonly why: string;
  readonly needs: readonly [AdminAction, AdminResource];
  readonly to:
    | '/$scope/settings/members'
    | '/$scope/permissions'
    | '/$scope/tools'
    | '/$scope/settings/subjects'
    | '/$scope/settings/keys'
    | '/$scope/evaluations';
  readonly tab?: 'roles' | 'assistants';
}

const STEPS: Readonly<Record<keyof Done, Step>> = {
  owner: {
    title: 'Add an owner',
    why: 'who governs this tenant from here on',
    needs: ['create', 'Member'],
    to: '/$scope/settings/members',
  },
  role: {
    title: 'Add a role',
    why: 'what the people are whom an agent acts for',
    needs: ['publish', 'Policy'],
    to: '/$scope/permissions',
    tab: 'roles',
  },
  tool: {
    title: 'Add or import a tool',
    why: 'what is not listed is denied',
    needs: ['publish', 'Policy'],
    to: '/$scope/tools',
  },
  cell: {
    title: 'Let the role use the tool',
    why: 'a cell of the grid: allow or ask',
    needs: ['publish', 'Policy'],
    to: '/$scope/permissions',
  },
  assistant: {
    title: 'List an assistant and its tools',
    why: 'what an agent may use at all, whoever it acts for',
    needs: ['publish', 'Policy'],
    to: '/$scope/permissions',
    tab: 'assistants',
  },
  subject: {
    title: 'Bind a subject to the role',
    why: 'on whose behalf the agent asks',
    needs: ['create', 'Subject'],
    to: '/$scope/settings/subjects',
  },
  key: {
    title: 'Create an agent key',
    why: 'shown once, with a question to copy',
    needs: ['create', 'ApiKey'],
    to: '/$scope/settings/keys',
  },
  question: {
    title: 'Ask the first question',
    why: 'with the key; the answer stands under Evaluations',
    needs: ['read', 'Evaluation'],
    to: '/$scope/evaluations',
  },
};
const ORDER = Object.keys(STEPS) as (keyof Done)[];

const putAwayKey = (tenant: string) => `reeve.firstSteps.${tenant}`;

export function FirstStepsList({ tenant, of: data }: { readonly tenant: string; readonly of: Done }) {
  const [putAway, setPutAway] = useState(() => localStorage.getItem(putAwayKey(tenant)) !== null);
  const left = ORDER.filter((step) => !data[step]);
  if (left.length === 0 || (data.question && putAway)) return null;
  return (
    <Panel
      title="First steps"
      note={`${ORDER.length - left.length} of ${ORDER.length} done`}
      actions={
        <>
          <span className="text-12">
            <GuideLink to="wire-an-agent" />
          </span>
          {data.question && (
            <Button
              size="sm"
              kind="ghost"
              onClick={() => {
                localStorage.setItem(putAwayKey(tenant), 'away');
                setPutAway(true);
              }}
            >
              Put away
            </Button>
          )}
        </>
      }
      flush
    >
      <ol className="grid grid-cols-1 py-1 min-[900px]:grid-cols-2">
        {ORDER.map((step) => (
          <StepLine key={step} tenant={tenant} step={STEPS[step]} done={data[step]} next={step === left[0]} />
        ))}
      </ol>
    </Panel>
  );
}

function StepLine({
  tenant,
  step: { title, why, needs, to, tab },
  done,
  next,
}: {
  readonly tenant: string;
  readonly step: Step;
  readonly done: boolean;
  readonly next: boolean;
}) {
  const may = useAbility(tenant).can(...needs);
  return (
    <li
      aria-current={next ? 'step' : undefined}
      className="flex flex-wrap items-center gap-x-3 px-3 py-1 text-13"
    >
      <Status tone={done ? 'ok' : next ? 'info' : 'unknown'}>
        {may && !done ? (
          <Link
            to={to}
            params={{ scope: tenant }}
            search={(was: object) => ({ ...was, tab })}
            className={next ? 'font-medium text-accent underline' : 'underline'}
          >
            {title}
          </Link>
        ) : (
          title
        )}
      </Status>
      <span className="text-12 text-muted">
        {done ? 'done' : may ? why : `takes the role ${whoMay(...needs)}`}
      </span>
    </li>
  );
}
