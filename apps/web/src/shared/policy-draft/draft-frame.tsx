/** Around every page that edits the policy: the moved base above, the draft below, the review beside. */
import { whoMay } from '@reeve/policy/roles';
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useMay } from '../api/session.js';
import { useShortcuts, type Shortcut } from '../shortcuts.js';
import { DraftBar } from './draft-bar.js';
import { RebaseNotice } from './rebase-notice.js';
import type { OpenDraft } from './use-policy-editor.js';

// A review checks conditions, and what checks them is larger than any page.
const load = () => import('./review-drawer.js');
const ReviewDrawer = lazy(() => load().then((module) => ({ default: module.ReviewDrawer })));

export function DraftFrame({
  tenant,
  draft,
  children,
}: {
  readonly tenant: string;
  readonly draft: OpenDraft;
  readonly children: (review: () => void) => ReactNode;
}) {
  const { editor } = draft;
  const begun = draft.draft.changes.length > 0;
  /** Null until the first one: what was written into it outlives its being closed. */
  const [reviewing, setReviewing] = useState<boolean | null>(null);
  useEffect(() => {
    if (begun) void load();
  }, [begun]);
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      {
        keys: 'Ctrl+Enter',
        label: 'Review the draft',
        group: 'This page',
        run: () => editor.snapshot().draft.changes.length > 0 && setReviewing(true),
      },
    ],
    [editor],
  );
  useShortcuts(shortcuts);
  const review = () => editor.snapshot().draft.changes.length > 0 && setReviewing(true);
  return (
    <>
      <RebaseNotice draft={draft} />
      {children(review)}
      <DraftBar draft={draft} onReview={review} />
      <Suspense>
        {reviewing !== null && (
          <ReviewDrawer open={reviewing} onClose={() => setReviewing(false)} tenant={tenant} draft={draft} />
        )}
      </Suspense>
    </>
  );
}

/** The reason nothing can be edited, or null. */
export function useReadOnly(tenant: string): string | null {
  const may = useMay(tenant, 'publish', 'Policy');
  return may ? null : `Read-only: editing takes the role ${whoMay('publish', 'Policy')} in this tenant.`;
}
