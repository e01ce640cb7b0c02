/** Is there allowance left in every quota that counts this call? */
import { compositeKey } from '../composite-key.js';
import { deny, PASS, passSpending } from '../finding.js';
import { isoInstant } from '../instant.js';
import type { CompiledPolicy, CompiledQuota } from '../document/compile.js';
import type { Stage } from '../stage.js';
import type { EvaluationRequest, QuotaLog, Spend } from '../vocabulary.js';
import { resetsAt, spend, used } from './quota/log.js';

export const quota: Stage = {
  name: 'quota',
  check(request, { policy, subject, quotaUse, now }) {
    const quotas = policy.quotasOn(request.resource.id);
    if (quotas.length === 0) return PASS;
    const roles = policy.permissionsOf(subject?.roles ?? []).roles;

    const spends: Spend[] = [];
    let tightest: { readonly quota: CompiledQuota; readonly resets: number } | null = null;
    for (const one of quotas) {
      const holder = holderOf(one, request);
      if (holder === null || (one.per === 'role' && !roles.includes(holder))) continue;
      const next: Spend = {
        key: keyOf(one, holder),
        quota: one.name,
        limit: one.limit,
        windowMs: one.windowSeconds * 1000,
      };
      spends.push(next);
      const log = quotaUse.get(next.key) ?? UNSPENT;
      if (used(log, now, next.windowMs) < one.limit) continue;
      const resets = resetsAt(log, now, next.windowMs, one.limit) ?? Infinity;
      if (tightest === null || resets > tightest.resets) tightest = { quota: one, resets };
    }

    if (tightest === null) return spends.length === 0 ? PASS : passSpending(spends);
    const { name, limit, windowSeconds } = tightest.quota;
    const at = Number.isFinite(tightest.resets) ? isoInstant(tightest.resets) : null;
    return deny('quota_exceeded', { quota: name, limit, windowSeconds, remaining: 0, resetsAt: at });
  },
};

/**
 * Every key this request could spend from, whatever the subject's roles: what to load before they are known. A key is
 * `quota:holder`, the holder being the subject's `type/id` (a compositeKey), a role, an assistant, or `tenant`.
 */
export function quotaKeys(request: EvaluationRequest, policy: CompiledPolicy): string[] {
  return policy.quotasOn(request.resource.id).flatMap((one) => {
    const holder = holderOf(one, request);
    return holder === null ? [] : [keyOf(one, holder)];
  });
}

/** The place spends are written to: a map of logs by quota key. */
export interface QuotaUse {
  get(key: string): QuotaLog | undefined;
  set(key: string, log: QuotaLog): unknown;
}

/** Applies an allow's spends to `use`, in place, so that the next decision of the same batch sees them. */
export function applySpends(use: QuotaUse, spends: readonly Spend[], now: number): void {
  for (const { key, windowMs } of spends) use.set(key, spend(use.get(key) ?? UNSPENT, now, windowMs));
}

const UNSPENT: QuotaLog = [];

/** A quota's name holds no colon (contract/fields.ts), so where the holder begins is never in doubt. */
const keyOf = ({ name }: CompiledQuota, holder: string): string => `${name}:${holder}`;

/** The parts a key was made of. */
export function quotaOfKey(key: string): { readonly quota: string; readonly holder: string } {
  const colon = key.indexOf(':');
  return { quota: key.slice(0, colon), holder: key.slice(colon + 1) };
}

/** null: this quota does not count this request. */
function holderOf({ per, holder }: CompiledQuota, { subject, assistant }: EvaluationRequest): string | null {
  switch (per) {
    case 'user':
      return compositeKey(subject.type, subject.id);
    case 'role':
      return holder ?? null;
    case 'assistant':
      return holder === undefined || holder === assistant ? assistant : null;
    case 'tenant':
      return 'tenant';
  }
}
