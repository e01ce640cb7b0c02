/** State as it was looked up, for one question or account. */
import { stateText, type Kind, type StateKey, type States } from '@reeve/policy';

export class KnownStates implements States {
  private missed = false;

  constructor(private readonly held: ReadonlyMap<string, unknown>) {}

  get<S>(kind: Kind<S>, key: StateKey): S {
    const state = this.held.get(stateText(kind, key));
    if (state !== undefined) return state as S;
    this.missed = true;
    throw new Error('a state was not looked up');
  }

  /**
   * Throws when something was looked at that is not known. The stage that met it has said no; but what may be there and
   * can't be seen is no reason to record.
   */
  requireAll(): void {
    if (this.missed) throw new Error('a state was not looked up');
  }
}
