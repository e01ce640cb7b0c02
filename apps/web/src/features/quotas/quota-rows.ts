/** Quotas with what is used of them: the one nearest to its limit first. */
import { naturally, type PolicyQuota } from '@reeve/policy';
import type { QuotaUse } from './quotas.queries.js';

/** Holders with calls in the window, the fullest first; by the published limit. Undefined: not known. */
export const usesOf = (name: string, use: readonly QuotaUse[] | undefined): readonly QuotaUse[] | undefined =>
  use?.filter(({ quota }) => quota === name).sort((a, b) => b.used - a.used);

interface Named {
  readonly name: string;
  readonly value: Pick<PolicyQuota, 'limit'>;
}

export function fullestFirst(use: readonly QuotaUse[] | undefined): (a: Named, b: Named) => number {
  const share = ({ name, value }: Named) => shareOf(usesOf(name, use)?.[0]?.used ?? 0, value.limit);
  return (a, b) => share(b) - share(a) || naturally(a.name, b.name);
}

/** 0 to 1, or more when the draft's limit is below what is used. */
export const shareOf = (used: number, limit: number): number =>
  limit === 0 ? (used > 0 ? Infinity : 0) : used / limit;

/** What the filter looks at. */
export const quotaText = ({ tool, toolClass, resourceType, action, per, holder }: PolicyQuota): string =>
  [tool, toolClass, resourceType, action, per, holder].filter(Boolean).join(' ');

const UNITS = { s: 1, min: 60, m: 60, h: 3_600, d: 86_400 } as const;
const WINDOW_MAX = 31 * 86_400;

/** `90 s`, `5 min`, `1 h`, `7 d`; null: not understood, or longer than 31 days. */
export function parseWindow(text: string): number | null {
  const [, digits = '', unit = ''] = /^\s*(\d{1,7})\s*(s|min|m|h|d)\s*$/.exec(text.toLowerCase()) ?? [];
  if (!Object.hasOwn(UNITS, unit)) return null;
  const seconds = Number(digits) * UNITS[unit as keyof typeof UNITS];
  return seconds >= 1 && seconds <= WINDOW_MAX ? seconds : null;
}

const LIMIT_MAX = 1_000_000;

export const parseLimit = (text: string): number | null => {
  const digits = text.replaceAll(/[\s,]/g, '');
  return /^\d{1,7}$/.test(digits) && Number(digits) <= LIMIT_MAX ? Number(digits) : null;
};

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
