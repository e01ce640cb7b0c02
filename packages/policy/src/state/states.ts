/** State as decisions find it. */
import type { Kind, StateKey } from './kind.js';

export interface States {
  /** Throws when nobody has looked the key up: what is not known to be empty is not taken for empty. */
  get<S>(kind: Kind<S>, key: StateKey): S;
}

/** Which state a look at it means, among those of all kinds. */
export function stateText(kind: Kind, key: StateKey): string {
  if (last.kind !== kind || last.key !== key) last = { kind, key, text: `${kind.name}/${key.text}` };
  return last.text;
}
/** One decision asks for the text of one key three or four times, and to put it together costs as much as to find by it. */
let last: { readonly kind: Kind | null; readonly key: StateKey | null; readonly text: string } = {
  kind: null,
  key: null,
  text: '',
};

/** A state as it counts now. */
export function stateOf<S>(
  { state, now }: { readonly state: States; readonly now: number },
  kind: Kind<S>,
  key: StateKey,
): S {
  const held = state.get(kind, key);
  const expiresAt = kind.expiresAt(held);
  return expiresAt !== null && expiresAt <= now ? kind.empty : held;
}

/** State in memory, empty where nothing was set: for those who decide without a store. */
export class StateMap implements States {
  private readonly held = new Map<string, unknown>();

  get<S>(kind: Kind<S>, key: StateKey): S {
    const state = this.held.get(stateText(kind, key));
    return state === undefined ? kind.empty : (state as S);
  }

  set<S>(kind: Kind<S>, key: StateKey, state: S): this {
    this.held.set(stateText(kind, key), state);
    return this;
  }

  /** Takes what a decision or an outcome moved, so that the next one sees it. */
  take(moved: readonly { readonly kind: Kind; readonly key: StateKey; readonly state: unknown }[]): void {
    for (const { kind, key, state } of moved) this.set(kind, key, state);
  }
}
