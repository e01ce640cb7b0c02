/** The draft: what is not published yet, and what can be done with it. In sight on every page that edits the policy. */
import { Button } from '../ui/button.js';
import { Kbd } from '../ui/kbd.js';
import { counted, draftCounts } from './change-words.js';
import type { SaveState } from './policy-editor.js';
import type { OpenDraft } from './use-policy-editor.js';
import { notify } from '../ui/toast.js';

const TINT = { allow: 'text-allow', approve: 'text-ask', deny: 'text-deny', none: 'text-muted' } as const;

export function DraftBar({
  draft: opened,
  onReview,
}: {
  readonly draft: OpenDraft;
  readonly onReview: () => void;
}) {
  const { draft, saving, editor } = opened;
  const { changes } = draft;
  if (changes.length === 0 && saving === 'saved') return null;
  const discard = () => {
    editor.dispatch({ kind: 'discard' });
    notify({
      title: `Discarded ${counted(changes.length, 'change')}`,
      undo: { label: 'Undo', run: () => editor.dispatch({ kind: 'undo' }) },
    });
  };
  return (
    <section
      aria-label="Draft"
      className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-line bg-raised px-3 py-1.5"
    >
      <span className="font-semibold">{counted(changes.length, 'unpublished change')}</span>
      {draftCounts(changes).map(({ effect, text }) => (
        <span key={text} className={effect === null ? 'text-muted' : TINT[effect]}>
          {text}
        </span>
      ))}
      <span className="text-12 text-faint">on v{draft.baseRevision}</span>
      <Saving state={saving} onReload={() => void editor.reload()} onRetry={() => void editor.flush()} />
      <span className="ml-auto" />
      <Button
        size="sm"
        kind="ghost"
        disabled={draft.past.length === 0}
        onClick={() => editor.dispatch({ kind: 'undo' })}
      >
        Undo
      </Button>
      <Button size="sm" kind="ghost" disabled={changes.length === 0} onClick={discard}>
        Discard
      </Button>
      <Button size="sm" kind="primary" disabled={changes.length === 0} onClick={onReview}>
        Review <Kbd>Ctrl ↵</Kbd>
      </Button>
    </section>
  );
}

function Saving({
  state,
  onReload,
  onRetry,
}: {
  readonly state: SaveState;
  readonly onReload: () => void;
  readonly onRetry: () => void;
}) {
  if (state === 'conflict')
    return (
      <span role="alert" className="flex items-center gap-2 text-12 text-deny">
        Your draft was changed in another window.
        <Button size="sm" onClick={onReload}>
          Load that one
        </Button>
      </span>
    );
  if (state === 'failed')
    return (
      <span role="alert" className="flex items-center gap-2 text-12 text-deny">
        The draft is not saved.
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      </span>
    );
  return <span className="text-12 text-faint">{state === 'saving' ? 'Saving…' : 'Draft saved'}</span>;
}
