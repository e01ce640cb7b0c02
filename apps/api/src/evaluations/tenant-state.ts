/** One tenant's state within a batch: as it was found, what its items move, and the rows that come of it. */
import { compositeKey, stateText, type Kind, type Moved, type StateKey } from '@reeve/policy';
import type { Journal } from './journal.js';
import { KnownStates } from './known-states.js';

interface MovedState {
  readonly kind: Kind;
  readonly key: StateKey;
  /** The pseudonym of the subject whose it is. */
  readonly subjectRef: string | null;
}

export class TenantState {
  private readonly moved = new Map<string, MovedState>();

  constructor(
    private readonly held: Map<string, unknown>,
    private readonly journal: Journal,
    private readonly pseudonymOf: (subject: NonNullable<StateKey['subject']>) => string,
  ) {}

  /** State for one item, as those before it left it. */
  known(): KnownStates {
    return new KnownStates(this.held);
  }

  /** The next item finds what was moved, and it is written with the batch. */
  keep(moved: readonly Moved[]): void {
    for (const { kind, key, state } of moved) {
      const text = stateText(kind, key);
      this.journal.set(this.held, text, state);
      // Whose it is says the first that moves it.
      if (this.moved.has(text)) continue;
      const subjectRef = key.subject === null ? null : this.pseudonymOf(key.subject);
      this.journal.set(this.moved, text, { kind, key, subjectRef });
    }
  }

  /** Rows of decision_state: the states that are no longer what was found. */
  rows(tenantId: string) {
    return Array.from(this.moved, ([text, { kind, key, subjectRef }]) => {
      const state = this.held.get(text);
      const expiresAt = kind.expiresAt(state);
      return {
        tenant_id: tenantId,
        kind: kind.name,
        key: key.each && subjectRef !== null ? compositeKey(key.name, subjectRef) : compositeKey(key.name),
        subject_ref: subjectRef,
        state: kind.write(state),
        expires_at: expiresAt === null ? null : new Date(expiresAt).toISOString(),
      };
    });
  }
}
