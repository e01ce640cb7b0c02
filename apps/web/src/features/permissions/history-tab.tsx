/** Every revision, what differs between any two, and the way back: a roll back publishes the old content as a new one. */
import { classOf, effectsOf, endingsOf, type PolicyDocument } from '@reeve/policy';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { dateTime } from '../../shared/format.js';
import { useZone } from '../../shared/url/use-zone.js';
import { EffectList } from '../../shared/policy-draft/effect-list.js';
import { EndedBindings } from '../../shared/policy-draft/ended-bindings.js';
import { counted } from '../../shared/policy-draft/change-words.js';
import {
  policyQuery,
  revisionsQuery,
  rollbackPolicy,
} from '../../shared/policy-draft/policy-draft.queries.js';
import { ListState, readOf } from '../../shared/records/list-state.js';
import { PlainTable } from '../../shared/records/plain-table.js';
import { Button } from '../../shared/ui/button.js';
import { Panel } from '../../shared/ui/panel.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { Empty, ErrorCard, Skeleton } from '../../shared/ui/states.js';
import { notify } from '../../shared/ui/toast.js';

const REASONS = ['Incident: last change broke agents', 'Published too early', 'Drill for practice'];

export function HistoryTab({
  tenant,
  document,
  base,
  vs,
  onCompare,
  readOnly,
}: {
  readonly tenant: string;
  readonly document: PolicyDocument;
  readonly base: number | undefined;
  readonly vs: number | undefined;
  readonly onCompare: (base: number, vs: number) => void;
  readonly readOnly: string | null;
}) {
  const zone = useZone();
  const list = useQuery(revisionsQuery(tenant));
  const { data: revisions = [] } = list;
  const [target, setTarget] = useState<number | null>(null);
  const newest = revisions[0]?.revision ?? 0;
  const to = vs ?? newest;
  const from = base ?? Math.max(0, to - 1);
  return (
    <ListState
      of={readOf(list)}
      isEmpty={revisions.length === 0}
      empty={
        <Panel title="Revisions">
          <Empty title="Nothing is published yet">
            A draft becomes a revision when it is published; each stays, and can be gone back to.
          </Empty>
        </Panel>
      }
    >
      <Panel title="Revisions" note={counted(revisions.length, 'revision')} flush className="shrink-0">
        <PlainTable
          label="Revisions"
          rows={revisions}
          idOf={({ revision }) => String(revision)}
          chosen={({ revision }) => revision === from || revision === to}
          columns={[
            {
              name: 'From',
              render: ({ revision }) => (
                <input
                  type="radio"
                  name="from"
                  aria-label={`Compare from v${revision}`}
                  checked={revision === from}
                  onChange={() => onCompare(revision, to)}
                  className="accent-[var(--accent)]"
                />
              ),
            },
            {
              name: 'To',
              render: ({ revision }) => (
                <input
                  type="radio"
                  name="to"
                  aria-label={`Compare to v${revision}`}
                  checked={revision === to}
                  onChange={() => onCompare(from, revision)}
                  className="accent-[var(--accent)]"
                />
              ),
            },
            {
              name: 'Revision',
              render: ({ revision }) => (
                <span className="font-medium">
                  v{revision} {revision === newest && <span className="font-normal text-faint">current</span>}
                </span>
              ),
            },
            {
              name: 'Published',
              render: ({ publishedAt }) => <span className="text-muted">{dateTime(publishedAt, zone)}</span>,
            },
            { name: 'By', render: ({ publishedBy }) => publishedBy },
            { name: 'Reason', wrap: true, render: ({ reason }) => reason },
            {
              name: 'Actions',
              actions: true,
              render: ({ revision }) =>
                revision !== newest && (
                  <Button size="sm" disabled={readOnly !== null} onClick={() => setTarget(revision)}>
                    Roll back…
                  </Button>
                ),
            },
          ]}
        />
      </Panel>
      <Panel title={`v${from} → v${to}`} note="what differs" className="shrink-0">
        <Difference tenant={tenant} from={from} to={to} document={document} />
      </Panel>
      {target !== null && (
        <ReasonDialog
          onClose={() => setTarget(null)}
          title={`Roll back to v${target}`}
          description={`The content of v${target} is published as v${newest + 1}. Nothing of the history is lost.`}
          chips={REASONS}
          confirmLabel={`Publish v${target} as v${newest + 1}`}
          onConfirm={async (reason) => {
            const made = await rollbackPolicy(tenant, target, newest, reason);
            notify({ title: `v${made} is published`, description: `It has the content of v${target}.` });
          }}
        >
          <Difference tenant={tenant} from={newest} to={target} document={document} publishes />
        </ReasonDialog>
      )}
    </ListState>
  );
}

function Difference({
  tenant,
  from,
  to,
  document,
  publishes = false,
}: {
  readonly tenant: string;
  readonly from: number;
  readonly to: number;
  readonly document: PolicyDocument;
  /** Going there is at hand: it says who loses what. */
  readonly publishes?: boolean;
}) {
  const before = useQuery(policyQuery(tenant, from));
  const after = useQuery(policyQuery(tenant, to));
  const [was, is] = [before.data?.document, after.data?.document];
  const effects = useMemo(
    () => (was === undefined || is === undefined ? undefined : effectsOf(was, is)),
    [was, is],
  );
  const error = before.error ?? after.error;
  if (error) return <ErrorCard error={error} />;
  if (effects === undefined || was === undefined || is === undefined) return <Skeleton rows={3} />;
  if (effects.length === 0) return <Empty title="Nothing differs">Both say the same.</Empty>;
  const ends = publishes && Object.values(endingsOf(was, is)).some((names) => names.length > 0);
  return (
    <div className="flex flex-col gap-3">
      {ends && <EndedBindings tenant={tenant} of={{ toRevision: to }} />}
      <EffectList
        effects={effects}
        classOf={(tool) => classOf(document, tool) ?? classOf(was, tool) ?? undefined}
      />
    </div>
  );
}
