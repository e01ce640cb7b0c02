/** Words to type before a stop is engaged or lifted: friction grows with what it touches. */
import type { KillScope } from '../vocabulary.js';

/** Stopping is easy: only what stops every tenant is typed. */
export const STOP_ALL = 'STOP ALL';

/** Starting is deliberate: always the name of what goes on. */
export const typedToLift = (
  { scope, target }: { readonly scope: KillScope; readonly target: string },
  tenantSlug: string,
): string => (scope === 'global' ? 'LIFT ALL' : scope === 'tenant' ? tenantSlug : target);
