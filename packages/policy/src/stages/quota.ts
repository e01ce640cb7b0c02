/** Is there allowance left in every quota that counts this call? */
import { deny, PASS, passMoving } from '../finding.js';
import { isoInstant } from '../instant.js';
import type { CompiledQuota } from '../document/compile.js';
import type { Stage } from '../stage.js';
import type { Move } from '../state/move.js';
import { stateOf } from '../state/states.js';
import type { QuotaLog } from '../vocabulary.js';
import { quotaKey, quotaLog } from './quota/kind.js';
import { resetsAt, spend, used } from './quota/log.js';

export const quota: Stage = {
  name: 'quota',
  question: 'Is there allowance left in every quota that counts this call?',
  kinds: [quotaLog],
  check(request, facts) {
    const { policy, subject, now } = facts;
    const quotas = policy.quotasOn(request);
    if (quotas.length === 0) return PASS;
    const hasRole = (role: string) => policy.permissionsOf(subject?.roles ?? NO_ROLES).roles.includes(role);

    const spends: Move<QuotaLog>[] = [];
    let tightest: { readonly quota: CompiledQuota; readonly resets: number } | null = null;
    for (const one of quotas) {
      const key = quotaKey(one, request);
      if (key === null || (one.per === 'role' && !hasRole(one.holder!))) continue;
      const windowMs = one.windowSeconds * 1000;
      spends.push({
        kind: quotaLog,
        key,
        when: 'allowed',
        apply: (log, at) => spend(log, at, windowMs),
      });
      const log = stateOf(facts, quotaLog, key);
      if (used(log, now, windowMs) < one.limit) continue;
      const resets = resetsAt(log, now, windowMs, one.limit) ?? Infinity;
      if (tightest === null || resets > tightest.resets) tightest = { quota: one, resets };
    }

    if (tightest === null) return spends.length === 0 ? PASS : passMoving(spends);
    const { name, limit, windowSeconds } = tightest.quota;
    const at = Number.isFinite(tightest.resets) ? isoInstant(tightest.resets) : null;
    return deny('quota_exceeded', { quota: name, limit, windowSeconds, remaining: 0, resetsAt: at });
  },
};

const NO_ROLES: readonly string[] = [];
