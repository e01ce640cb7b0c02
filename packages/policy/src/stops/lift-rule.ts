/** The way a stop is lifted. Settled when it is engaged, so that whom it binds cannot change it while it does. */
import type { KillScope } from '../vocabulary.js';

/**
 * `one`: whoever may lift. `two`: one person proposes, another confirms. `cool_down`: two were wanted and there is
 * one; the lift takes effect COOL_DOWN_SECONDS after it was asked for.
 */
export const LIFT_RULES = ['one', 'two', 'cool_down'] as const;
export type LiftRule = (typeof LIFT_RULES)[number];

export const COOL_DOWN_SECONDS = 60;
/**
 * The time for which somebody who came, or was changed, after the stop has to have been so before they count as one of
 * two.
 */
export const NEWCOMER_SECONDS = 24 * 3600;

/** `people`: how many could lift it. Every tenant's stop wants two; a tenant's where the tenant asks for them. */
export function liftRuleFor(scope: KillScope, tenantWantsTwo: boolean, people: number): LiftRule {
  if (scope !== 'global' && !tenantWantsTwo) return 'one';
  return people >= 2 ? 'two' : 'cool_down';
}
