/**
 * State is what decisions and outcomes leave behind for later ones of their tenant: a quota's log, a run, a breaker. It
 * is read and moved at one place of the tenant's total order, and by nothing else: telemetry never writes it. Each sort is
 * a kind; to the store all of them are rows of (tenant, kind, key) with a text that only the kind understands.
 */
import { compositeKey } from '../composite-key.js';
import type { CompiledPolicy } from '../document/compile.js';
import type { EvaluationRequest } from '../vocabulary.js';

/** Name and state are kept in the clear: nothing in them is about a person. */
export interface StateKey {
  /** The thing it is the state of, within its kind. */
  readonly name: string;
  /** The subject whose it is: erased with them. null: nobody's. */
  readonly subject: Subject | null;
  /** Each subject has its own under this name. Otherwise whoever asks finds the same one, whose it is or not. */
  readonly each: boolean;
  /** The part that finds the state: no two keys of a kind have the same. */
  readonly text: string;
}
type Subject = { readonly type: string; readonly id: string };

/** Nobody's. */
export const stateKey = (name: string): StateKey => ({
  name,
  subject: null,
  each: false,
  text: compositeKey(name),
});

/** The subject's own. */
export const ownKey = (name: string, subject: Subject): StateKey => ({
  name,
  subject,
  each: true,
  text: compositeKey(name, subject.type, subject.id),
});

/** Found by its name whoever asks, and erased with the subject that it was first written for. */
export const foundKey = (name: string, subject: Subject): StateKey => ({ ...stateKey(name), subject });

/** Methods, not functions: a `Kind<QuotaLog>` is a `Kind`, for those who pass states on without looking into them. */
export interface Kind<S = unknown> {
  readonly name: string;
  /** The state under a key that nothing was written to, and under one whose state has expired. */
  readonly empty: S;
  /** Throws when the text is not one that `write` wrote: then whatever needs the state is not decided. */
  read(text: string): S;
  write(state: S): string;
  /** Every key that a decision about the request may look at or move, before anything about the subject is known. */
  keysOf(request: EvaluationRequest, policy: CompiledPolicy): readonly StateKey[];
  /**
   * Epoch milliseconds from which on it says no more than `empty` does, under any policy; null: it never comes to that.
   * The store may forget it then, and whoever still has it finds `empty`.
   */
  expiresAt(state: S): number | null;
  /** The state once the clock was set back to `now`: whatever is later counts as now. The same one when nothing is. */
  notAfter(state: S, now: number): S;
}

/** Kinds of these stages, each once. */
export const kindsOf = (stages: readonly { readonly kinds?: readonly Kind[] }[]): readonly Kind[] => [
  ...new Set(stages.flatMap(({ kinds = [] }) => kinds)),
];
