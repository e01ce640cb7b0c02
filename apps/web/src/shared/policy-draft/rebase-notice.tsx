/** Somebody published while this draft was open: who, what, what both changed, and the way on. Nothing is overwritten. */
import { classOf, effectsOf, type PolicyChange, type PolicyDocument } from '@reeve/policy';
import { useState } from 'react';
import { ago } from '../format.js';
import { Button } from '../ui/button.js';
import { Drawer } from '../ui/dialog.js';
import { StatusShape } from '../ui/status.js';
import { EffectList } from './effect-list.js';
import { counted } from './change-words.js';
import { movedSince } from './overlap.js';
import type { OpenDraft } from './use-policy-editor.js';

export function RebaseNotice({ draft: { draft, current, editor } }: { readonly draft: OpenDraft }) {
  const { changes } = draft;
  const [shown, setShown] = useState(false);
  if (current === undefined || current.revision <= draft.baseRevision || changes.length === 0) return null;
  const { theirs, overlap } = movedSince(draft.base, current.document, changes);
  const rebase = () => {
    setShown(false);
    editor.dispatch({ kind: 'rebase', base: current.document, baseRevision: current.revision });
  };
  const classOfTarget = (tool: string) =>
    classOf(current.document, tool) ?? classOf(draft.base, tool) ?? undefined;
  const effects = (of: PolicyDocument, some: readonly PolicyChange[]) => effectsOf(draft.base, of, some);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-warn bg-surface px-3 py-1.5">
      <StatusShape tone="warn" />
      <output>
        <strong>
          v{current.revision} by {current.publishedBy}
        </strong>{' '}
        moved the base {ago(current.publishedAt)}: {counted(theirs.length, 'change')},{' '}
        {overlap.length === 0
          ? 'none overlaps yours'
          : `${overlap.length} ${overlap.length === 1 ? 'overlaps' : 'overlap'} yours`}
        . <span className="text-muted">“{current.reason}”</span>
      </output>
      <span className="ml-auto flex gap-2">
        <Button size="sm" onClick={() => setShown(true)}>
          Show
        </Button>
        <Button size="sm" kind="primary" onClick={rebase}>
          Rebase
        </Button>
      </span>
      <Drawer
        open={shown}
        onClose={() => setShown(false)}
        title={`What v${current.revision} changed`}
        description={`${current.publishedBy}: ${current.reason}`}
        footer={
          <Button kind="primary" onClick={rebase}>
            Rebase my {counted(changes.length, 'change')} onto v{current.revision}
          </Button>
        }
      >
        {shown && overlap.length > 0 && (
          <section className="mb-5">
            <h2 className="mb-2 text-13">Both changed; after a rebase yours stands</h2>
            <EffectList effects={effects(draft.document, overlap)} classOf={classOfTarget} />
          </section>
        )}
        <h2 className="mb-2 text-13">Published since v{draft.baseRevision}</h2>
        <EffectList effects={shown ? effects(current.document, theirs) : []} classOf={classOfTarget} />
      </Drawer>
    </div>
  );
}
