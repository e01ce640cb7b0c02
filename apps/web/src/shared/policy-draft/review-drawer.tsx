/** The one place where a draft becomes policy: what differs, why, and the act by its name. */
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { isConflict } from '../api/api-error.js';
import { queryClient } from '../api/query-client.js';
import { Button } from '../ui/button.js';
import { Drawer } from '../ui/dialog.js';
import { Kbd } from '../ui/kbd.js';
import { ReasonInput } from '../ui/reason-dialog.js';
import { notify } from '../ui/toast.js';
import { classOf, isReason, checkPolicy, effectsOf, endingsOf } from '@reeve/policy';
import { EffectList } from './effect-list.js';
import { EndedBindings } from './ended-bindings.js';
import { counted } from './change-words.js';
import { policyQuery, toolStatsQuery } from './policy-draft.queries.js';
import { useLayer } from './use-layer.js';
import type { OpenDraft } from './use-policy-editor.js';

const REASONS = [
  'Access requested',
  'Incident follow-up',
  'Least privilege',
  'New tool or role',
  'Limit adjusted',
];

export function ReviewDrawer({
  open,
  onClose,
  tenant,
  draft: opened,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly tenant: string;
  readonly draft: OpenDraft;
}) {
  const { draft, editor } = opened;
  const { changes } = draft;
  const [written, setReason] = useState<string | null>(null);
  const reason = written ?? opened.suggestion ?? '';
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { data: stats } = useQuery({ ...toolStatsQuery(tenant), enabled: open });
  const problems = useMemo(() => (open ? checkPolicy(draft.document) : []), [open, draft.document]);
  const effects = useMemo(
    () => (open ? effectsOf(draft.base, draft.document, changes) : []),
    [open, draft.base, draft.document, changes],
  );
  const ends = useMemo(
    () => Object.values(endingsOf(draft.base, draft.document)).some((names) => names.length > 0),
    [draft.base, draft.document],
  );
  const next = draft.baseRevision + 1;
  const ready = isReason(reason) && problems.length === 0 && changes.length > 0 && !pending;

  const publish = async () => {
    setPending(true);
    setError(null);
    try {
      const published = await editor.publish(reason.trim());
      setReason(null);
      onClose();
      notify({
        title: `v${published.revision} is published`,
        description: `${counted(changes.length, 'change')}; every later decision follows it.`,
        undo: { label: 'Undo', run: () => void undo(published) },
      });
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'It was not published.');
      if (isConflict(failure)) {
        await queryClient.invalidateQueries({ queryKey: policyQuery(tenant).queryKey });
        onClose();
      }
    } finally {
      setPending(false);
    }
  };
  const undo = async (published: Awaited<ReturnType<typeof editor.publish>>) => {
    try {
      const back = await editor.publishBack(draft, published);
      notify({
        title: `v${back.revision} is published`,
        description: `It takes v${published.revision} back.`,
      });
    } catch (failure) {
      notify({ title: 'Not undone', description: failure instanceof Error ? failure.message : '' });
    }
  };

  const around = useLayer<HTMLDivElement>(open, 'Publish the draft', () => {
    if (ready) void publish();
  });

  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={`Review ${counted(changes.length, 'change')}`}
      description={`${tenant} · v${draft.baseRevision} → v${next} · ${counted(effects.length, 'effect')}`}
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button kind="primary" disabled={!ready} pending={pending} onClick={() => void publish()}>
            Publish {counted(changes.length, 'change')} as v{next}
            <Kbd>Ctrl ↵</Kbd>
          </Button>
        </>
      }
    >
      <div ref={around} className="flex flex-col gap-4 pb-3">
        {problems.length > 0 && <Problems of={problems} />}
        <ReasonInput value={reason} onChange={setReason} chips={REASONS} error={error} />
        {open && ends && <EndedBindings tenant={tenant} of={{ edits: draft.edits }} />}
        <EffectList
          effects={effects}
          classOf={(tool) => classOf(draft.document, tool) ?? classOf(draft.base, tool) ?? undefined}
          callsOf={(tool) => (stats === undefined ? undefined : (stats.get(tool)?.calls ?? 0))}
        />
      </div>
    </Drawer>
  );
}

function Problems({ of }: { readonly of: ReturnType<typeof checkPolicy> }) {
  return (
    <div role="alert" className="rounded-card border border-crit p-3">
      <p className="text-13 font-medium">This draft cannot be published yet</p>
      <ul className="mt-1 list-disc pl-4 text-12 text-muted">
        {of.slice(0, 8).map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <span className="mono">{path}</span> {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
