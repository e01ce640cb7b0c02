/** How state changes: a stage says what it would do, and the one who decides does it. */
import type { Kind, StateKey } from './kind.js';
import { stateOf, type States } from './states.js';

export interface Move<S = unknown> {
  readonly kind: Kind<S>;
  readonly key: StateKey;
  /** `allowed`: if and only if the whole decision is `allow`. */
  readonly when: 'allowed' | 'always';
  /** The state after it; the very same one when it changes nothing. */
  apply(state: S, now: number): S;
}

/** A state that is no longer what it was. */
export interface Moved {
  readonly kind: Kind;
  readonly key: StateKey;
  readonly state: unknown;
}

const NOTHING: readonly Moved[] = [];

/** The states that these moves end in, each key once; what they leave as it was is not among them. */
export function moved(
  moves: readonly Move[],
  facts: { readonly state: States; readonly now: number },
  allowed: boolean,
): readonly Moved[] {
  if (moves.length === 0) return NOTHING;
  const after: Moved[] = [];
  for (const move of moves) {
    const { kind, key, when } = move;
    if (when === 'allowed' && !allowed) continue;
    const at = after.findIndex((one) => one.kind === kind && one.key.text === key.text);
    const before = at < 0 ? stateOf(facts, kind, key) : after[at]!.state;
    const state = move.apply(before, facts.now);
    if (state === before) continue;
    after[at < 0 ? after.length : at] = { kind, key, state };
  }
  return after;
}
