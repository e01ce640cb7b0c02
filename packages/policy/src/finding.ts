/** The answers a stage can give. A stage that has nothing to say against a request gives `PASS`. */
import type { Reason } from './reasons.js';
import type { Move } from './state/move.js';
import type { Effect, JsonObject, Mode } from './vocabulary.js';

/** A stage's answer. `pass` means "no objection", never "allow". */
export type Finding = {
  readonly mode?: Mode;
  /** The moves it would make of the state. */
  readonly moves?: readonly Move[];
} & (
  | {
      readonly effect: 'pass';
      /** The ground in favour, e.g. the cell; kept in the trail. */
      readonly detail?: JsonObject;
    }
  | {
      readonly effect: Exclude<Effect, 'allow'>;
      readonly reason: Reason;
      /** The subject matter, for people and for models that correct themselves. Holds no argument values. */
      readonly detail?: JsonObject;
    }
);

export const PASS: Finding = Object.freeze({ effect: 'pass' });

export const passIn = (mode: Mode): Finding => ({ effect: 'pass', mode });
export const passBecause = (detail: JsonObject): Finding => ({ effect: 'pass', detail });
export const passMoving = (moves: readonly Move[]): Finding => ({ effect: 'pass', moves });

export const deny = (reason: Reason, detail: JsonObject = {}): Finding => ({
  effect: 'deny',
  reason,
  detail,
});
export const denyIn = (mode: Mode, reason: Reason, detail: JsonObject): Finding => ({
  effect: 'deny',
  reason,
  detail,
  mode,
});
export const approve = (reason: Reason, detail: JsonObject): Finding => ({
  effect: 'approve',
  reason,
  detail,
});
