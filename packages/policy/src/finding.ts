/** The answers a stage can give. A stage that has nothing to say against a request gives `PASS`. */
import type { Reason } from './reasons.js';
import type { Finding, JsonObject, Mode, Spend } from './vocabulary.js';

export const PASS: Finding = Object.freeze({ effect: 'pass' });

export const passIn = (mode: Mode): Finding => ({ effect: 'pass', mode });
export const passBecause = (detail: JsonObject): Finding => ({ effect: 'pass', detail });
export const passSpending = (spends: readonly Spend[]): Finding => ({ effect: 'pass', spends });

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
