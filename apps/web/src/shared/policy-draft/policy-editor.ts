/**
 * The one draft a member has of a tenant's policy, wherever in the console it is edited.
 *
 * Promises: what was edited is on the server half a second later, saves never overtake each other, each says which
 * version it saw; the base stays the revision the draft began with until the member moves it. What a session that
 * ended did not let through is kept in the window for the same member.
 */
import { diffPolicies, editsBack, type PolicyEdit } from '@reeve/policy';
import { isConflict } from '../api/api-error.js';
import { queryClient } from '../api/query-client.js';
import { beforeLeaving } from '../api/session-ended.js';
import { draftReducer, startDraft, type DraftAction, type DraftHistory } from './draft-history.js';
import { keep, takeKept } from './kept-draft.js';
import {
  discardDraft,
  fetchDraft,
  policyQuery,
  publishPolicy,
  saveDraft,
  type Revision,
} from './policy-draft.queries.js';

/** `conflict`: another window of the same member saved meanwhile. */
export type SaveState = 'saved' | 'saving' | 'failed' | 'conflict';

export interface EditorState {
  readonly draft: DraftHistory;
  readonly saving: SaveState;
  /** The reason, as far as what led to the edits says so. */
  readonly suggestion?: string;
}

const SAVE_AFTER_MS = 500;

export class PolicyEditor {
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private tail: Promise<void> = Promise.resolve();

  private constructor(
    readonly tenant: string,
    private state: EditorState,
    private version: number,
  ) {}

  static async open(tenant: string): Promise<PolicyEditor> {
    const { draft, version } = await load(tenant);
    const kept = takeKept(tenant);
    const editor =
      kept !== null && kept.baseRevision === draft.baseRevision
        ? new PolicyEditor(
            tenant,
            { draft: startDraft(draft.base, draft.baseRevision, kept.edits), saving: 'saving' },
            kept.version,
          )
        : new PolicyEditor(tenant, { draft, saving: 'saved' }, version);
    if (editor.state.saving === 'saving') void editor.flush();
    beforeLeaving(() => {
      const { draft: mine, saving } = editor.state;
      if (saving !== 'saved') keep(tenant, { ...mine, version: editor.version });
    });
    return editor;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): EditorState => this.state;

  readonly dispatch = (action: DraftAction): void => {
    const draft = draftReducer(this.state.draft, action);
    if (draft === this.state.draft) return;
    this.set({ ...this.state, draft, saving: 'saving' });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), SAVE_AFTER_MS);
  };
  readonly edit = (edits: readonly PolicyEdit[]): void => this.dispatch({ kind: 'edit', edits });

  /** A reason to publish with, until there is another one. */
  readonly suggest = (suggestion: string): void => this.set({ ...this.state, suggestion });

  /** The newest revision anybody published. A draft without edits follows it. */
  readonly follow = ({ revision, document }: Revision): void => {
    const { draft } = this.state;
    if (revision <= draft.baseRevision || draft.edits.length > 0) return;
    this.set({ draft: startDraft(document, revision), saving: this.state.saving });
  };

  /** Sends what is not yet sent; resolves when the server has it. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.tail = this.tail.then(() => this.save());
    return this.tail;
  }

  /** Throws the other window's draft in: what was edited here and not saved is gone. */
  async reload(): Promise<void> {
    clearTimeout(this.timer);
    const { draft, version } = await load(this.tenant);
    this.version = version;
    this.set({ draft, saving: 'saved' });
  }

  async publish(reason: string): Promise<Revision> {
    await this.flush();
    const { draft } = this.state;
    const published = await publishPolicy(this.tenant, draft.edits, draft.baseRevision, reason);
    this.version = 0;
    this.set({ draft: startDraft(published.document, published.revision), saving: 'saved' });
    return published;
  }

  /** Publishes the opposite of what was just published, as long as nobody published anything since. */
  async publishBack(before: DraftHistory, published: Revision): Promise<Revision> {
    const edits = editsBack(diffPolicies(before.base, published.document));
    const back = await publishPolicy(
      this.tenant,
      edits,
      published.revision,
      `Undo of v${published.revision}: ${published.reason}`.slice(0, 500),
    );
    this.follow(back);
    return back;
  }

  private async save(): Promise<void> {
    const { draft } = this.state;
    try {
      if (draft.edits.length > 0)
        this.version = await saveDraft(this.tenant, draft.baseRevision, draft.edits, this.version);
      else if (this.version > 0) {
        await discardDraft(this.tenant, this.version);
        this.version = 0;
      }
      if (this.state.draft === draft) this.set({ ...this.state, saving: 'saved' });
    } catch (error) {
      this.set({ ...this.state, saving: isConflict(error) ? 'conflict' : 'failed' });
    }
  }

  private set(state: EditorState): void {
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}

async function load(tenant: string): Promise<{ draft: DraftHistory; version: number }> {
  const [current, saved] = await Promise.all([
    queryClient.fetchQuery(policyQuery(tenant)),
    fetchDraft(tenant),
  ]);
  if (saved === null) return { draft: startDraft(current.document, current.revision), version: 0 };
  const base =
    saved.baseRevision === current.revision
      ? current
      : await queryClient.fetchQuery(policyQuery(tenant, saved.baseRevision));
  return { draft: startDraft(base.document, base.revision, saved.edits), version: saved.version };
}
