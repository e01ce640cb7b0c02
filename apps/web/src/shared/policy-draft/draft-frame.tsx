/** Around every page that edits the policy: the moved base above, the draft below, the review beside. */
import { useMemo, useState, type ReactNode } from 'react';
import { useMay } from '../api/session.js';
import { useShortcuts, type Shortcut } from '../shortcuts.js';
import { DraftBar } from './draft-bar.js';
import { RebaseNotice } from './rebase-notice.js';
import { ReviewDrawer } from './review-drawer.js';
import type { OpenDraft } from './use-policy-editor.js';

export function DraftFrame({
  tenant,
  draft,
  children,
}: {
  readonly tenant: string;
  readonly draft: OpenDraft;
  readonly children: (review: () => void) => ReactNode;
}) {
  const [reviewing, setReviewing] = useState(false);
  const { editor } = draft;
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      {
        keys: 'Ctrl+Enter',
        label: 'Review the draft',
        group: 'Policy',
        run: () => editor.snapshot().changes.length > 0 && setReviewing(true),
      },
    ],
    [editor],
  );
  useShortcuts(shortcuts);
  const review = () => editor.snapshot().changes.length > 0 && setReviewing(true);
  return (
    <>
      <RebaseNotice draft={draft} />
      {children(review)}
      <DraftBar draft={draft} onReview={review} />
      <ReviewDrawer open={reviewing} onClose={() => setReviewing(false)} tenant={tenant} draft={draft} />
    </>
  );
}

/** Why nothing can be edited, or null. */
export function useReadOnly(tenant: string): string | null {
  const may = useMay(tenant, 'publish', 'Policy');
  return may ? null : 'Read-only: editing takes the role policy_editor or owner in this tenant.';
}
