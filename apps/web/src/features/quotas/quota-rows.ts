/** Quotas with what is used of them: the one nearest to its limit first. */
import { naturally, type PolicyDocument, type PolicyQuota } from '@reeve/policy';
import type { QuotaUse } from './quotas.queries.js';

export interface QuotaRow {
  readonly name: string;
  readonly quota: PolicyQuota;
  /** Holders with calls in the window, the fullest first; by the published limit. Undefined: not known. */
  readonly use: readonly QuotaUse[] | undefined;
  /** 0 to 1, or more when the draft's limit is below what is used. */
  readonly share: number;
}

export function quotaRows(
  { quotas }: Pick<PolicyDocument, 'quotas'>,
  use: readonly QuotaUse[] | undefined,
  q: string,
): QuotaRow[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return Object.entries(quotas)
    .filter(([name, { tool = '', toolClass = '', resourceType = '', action = '', per, holder = '' }]) => {
      const text = `${name} ${tool} ${toolClass} ${resourceType} ${action} ${per} ${holder}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .map(([name, quota]) => {
      const holders = use?.filter((one) => one.quota === name).sort((a, b) => b.used - a.used);
      const fullest = holders?.[0];
      return {
        name,
        quota,
        use: holders,
        share: fullest === undefined ? 0 : shareOf(fullest.used, quota.limit),
      };
    })
    .sort((a, b) => b.share - a.share || naturally(a.name, b.name));
}

export const shareOf = (used: number, limit: number): number =>
  limit === 0 ? (used > 0 ? Infinity : 0) : used / limit;

const UNITS = { s: 1, min: 60, m: 60, h: 3_600, d: 86_400 } as const;
const WINDOW_MAX = 31 * 86_400;

/** `90 s`, `5 min`, `1 h`, `7 d`; null: not understood, or longer than 31 days. */
export function parseWindow(text: string): number | null {
  const [, digits = '', unit = ''] = /^\s*(\d{1,7})\s*(s|min|m|h|d)\s*$/.exec(text.toLowerCase()) ?? [];
  if (!Object.hasOwn(UNITS, unit)) return null;
  const seconds = Number(digits) * UNITS[unit as keyof typeof UNITS];
  return seconds >= 1 && seconds <= WINDOW_MAX ? seconds : null;
}

/** The name a new quota would have. */
export function quotaName(quota: PolicyQuota, taken: Readonly<Record<string, unknown>>): string {
  const stem = [quota.tool ?? quota.toolClass ?? quota.resourceType, quota.action, quota.per, quota.holder]
    .filter(Boolean)
    .join('-')
    .slice(0, 120);
  if (!Object.hasOwn(taken, stem)) return stem;
  const numbers = Array.from({ length: 100 }, (_, i) => `${stem}-${i + 2}`);
  return numbers.find((name) => !Object.hasOwn(taken, name)) ?? `${stem}-${Date.now()}`;
}
