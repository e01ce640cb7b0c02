/** One evaluation in full: why, what was seen, what was decided, what was executed, and the record that proves it. */
import { whoMay } from '@reeve/policy/roles';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../../shared/api/session.js';
import { dateTime, words } from '../../shared/format.js';
import { useShow } from '../../shared/showing.js';
import { useZone } from '../../shared/url/use-zone.js';
import { Copyable } from '../../shared/records/copyable.js';
import { EffectPill } from '../../shared/ui/effect-pill.js';
import { Fact, Facts } from '../../shared/records/facts.js';
import { DockedPeek, PeekSection } from '../../shared/records/docked-peek.js';
import { ErrorCard, Skeleton } from '../../shared/ui/states.js';
import { InertText } from '../../shared/records/inert-text.js';
import { evaluationQuery, evaluationRecordQuery, type EvaluationInFull } from './evaluations.queries.js';
import { Executed } from './executed.js';
import { Trail } from './trail.js';
import { reasonSentence, rolesIn } from './trail-stages.js';

interface Props {
  readonly tenant: string;
  readonly id: string;
  readonly onClose: () => void;
  /** Acts that can be done about it. */
  readonly actions?: (of: EvaluationInFull) => ReactNode;
}

export function EvaluationPeek({ tenant, id, onClose, actions }: Props) {
  const { data, error, refetch } = useQuery(evaluationQuery(tenant, id));
  useShow({ tool: data?.tool, assistant: data?.assistant ?? undefined });
  return (
    <DockedPeek
      title={data ? <code className="text-13">{data.tool}</code> : 'Evaluation'}
      note={data && <EffectPill effect={data.effect} />}
      onClose={onClose}
    >
      {error && (
        <div className="p-3">
          <ErrorCard error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {!data && !error && <Skeleton rows={12} />}
      {data && (
        <>
          {actions && (
            <div className="flex flex-wrap gap-2 border-b border-line px-3 py-2">{actions(data)}</div>
          )}
          <PeekSection title="Why" note={<span title={data.reason}>{words(data.reason)}</span>}>
            <Proposal tenant={tenant} of={data} />
            {data.effect === 'allow' && data.trail.length === 0 ? null : (
              <Trail tenant={tenant} trail={data.trail} />
            )}
            {data.trail.length === 0 && <p>{reasonSentence(data.reason, data.detail)}</p>}
          </PeekSection>
          <Seen tenant={tenant} of={data} />
          <Decided tenant={tenant} of={data} />
          <PeekSection title="Executed">
            <Executed tenant={tenant} of={data} />
          </PeekSection>
          <Proof tenant={tenant} of={data} />
        </>
      )}
    </DockedPeek>
  );
}

/** Cells that the matrix could give this subject's roles: each opens the draft with that cell in it. */
function Proposal({ tenant, of }: { readonly tenant: string; readonly of: EvaluationInFull }) {
  const may = useMay(tenant, 'publish', 'Policy');
  const roles = rolesIn(of.trail) ?? [];
  if (!may || of.reason !== 'no_grant' || roles.length === 0) return null;
  return (
    <p className="mb-2 flex flex-wrap items-center gap-2">
      {roles.map((role) => (
        <Link
          key={role}
          to="/$scope/permissions"
          params={{ scope: tenant }}
          search={{ q: of.tool, cell: `${role}~${of.tool}`, why: true, propose: of.id }}
          className="inline-flex h-7 items-center rounded-control border border-line-strong bg-raised px-2 text-13 font-medium hover:bg-sunken"
        >
          Propose grant to {role}
        </Link>
      ))}
    </p>
  );
}

function Seen({ tenant, of }: { readonly tenant: string; readonly of: EvaluationInFull }) {
  const mayRead = useMay(tenant, 'read', 'Evidence');
  const zone = useZone();
  return (
    <PeekSection title="Seen" note={`${dateTime(of.at, zone)} ${zone}`}>
      {of.arguments !== null && of.arguments !== undefined ? (
        <InertText text={JSON.stringify(of.arguments, null, 2)} label="arguments, as the agent sent them" />
      ) : (
        <p className="text-12 text-muted">
          {!mayRead
            ? `Reading arguments takes the role ${whoMay('read', 'Evidence')}.`
            : of.subjectId === null
              ? 'The arguments were erased with the subject; the record’s commitment to them stays.'
              : 'The call had no arguments.'}
        </p>
      )}
      <div className="mt-2">
        <Facts>
          <Fact name="Action">{of.action}</Fact>
          <Fact name="Subject">
            {of.subjectId === null ? (
              <span className="text-faint italic">{mayRead ? 'erased' : 'not shown to this role'}</span>
            ) : (
              <Link
                to="/$scope/settings/subjects"
                params={{ scope: tenant }}
                search={{ q: of.subjectId }}
                className="truncate text-accent hover:underline"
              >
                {of.subjectType} {of.subjectId}
              </Link>
            )}
          </Fact>
          <Fact name="Pseudonym">
            <Copyable text={of.subjectRef} label="pseudonym" />
          </Fact>
          <Fact name="Assistant">{of.assistant ?? 'not named'}</Fact>
          <Fact name="Asked by">{of.caller}</Fact>
          <Fact name="Channel">{words(of.channel)}</Fact>
          {(
            [
              ['Run', of.runId],
              ['Thread', of.threadId],
              ['Trace', of.traceId],
              ['Span', of.spanId],
            ] as const
          ).map(
            ([name, value]) =>
              value && (
                <Fact key={name} name={name}>
                  <Copyable text={value} label={`${name.toLowerCase()} id`} />
                  {name === 'Run' && (
                    <Link
                      to="/$scope/evaluations"
                      params={{ scope: tenant }}
                      search={(was) => ({ ...was, run: value })}
                      className="ml-2 text-12 text-accent hover:underline"
                    >
                      whole run
                    </Link>
                  )}
                </Fact>
              ),
          )}
        </Facts>
      </div>
    </PeekSection>
  );
}

function Decided({ tenant, of }: { readonly tenant: string; readonly of: EvaluationInFull }) {
  return (
    <PeekSection title="Decided">
      <Facts>
        <Fact name="Effect">
          <EffectPill effect={of.effect} />
        </Fact>
        <Fact name="Reason">
          <span title={of.reason}>{words(of.reason)}</span>
        </Fact>
        <Fact name="Mode">
          {of.mode === 'normal' ? 'normal' : `${words(of.mode)} (a kill switch applied)`}
        </Fact>
        <Fact name="Policy">
          <Link
            to="/$scope/permissions"
            params={{ scope: tenant }}
            search={{ tab: 'history', base: Math.max(0, of.policyRevision - 1), vs: of.policyRevision }}
            className="text-accent hover:underline"
          >
            revision {of.policyRevision}
          </Link>
        </Fact>
      </Facts>
    </PeekSection>
  );
}

interface Signed {
  readonly seen?: { readonly arguments?: string; readonly request?: string };
}

function Proof({ tenant, of }: { readonly tenant: string; readonly of: EvaluationInFull }) {
  const { data, error } = useQuery(evaluationRecordQuery(tenant, of.seq));
  const seen = data?.payload ? (JSON.parse(data.payload) as Signed).seen : undefined;
  return (
    <PeekSection title="Audit record">
      {error && <ErrorCard error={error} />}
      <Facts>
        <Fact name="Position">
          <Link
            to="/$scope/audit"
            params={{ scope: tenant }}
            search={{ peek: of.seq }}
            className="font-mono text-12 text-accent hover:underline"
          >
            #{of.seq}
          </Link>
        </Fact>
        {data && (
          <>
            <Fact name="Hash">
              <Copyable text={data.hash} label="hash" />
            </Fact>
            <Fact name="Key">
              <code>{data.keyId}</code>
            </Fact>
            {seen?.arguments && (
              <Fact name="Arguments">
                <Copyable text={seen.arguments} label="commitment to the arguments" />
              </Fact>
            )}
            {seen?.request && (
              <Fact name="Request">
                <Copyable text={seen.request} label="commitment to the request" />
              </Fact>
            )}
          </>
        )}
      </Facts>
    </PeekSection>
  );
}
