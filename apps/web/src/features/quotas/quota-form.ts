/** An allowance while it is edited: what it counts is one choice, its numbers are text. */
import { Quota, type PolicyDocument, type PolicyQuota } from '@reeve/policy';
import { windowWords } from '../../shared/policy-draft/change-words.js';
import type { FormRead } from '../../shared/policy-draft/named-editor.js';
import { parseLimit, parseWindow } from './quota-rows.js';

export interface QuotaForm {
  /** One of `counted()`. */
  readonly counts: string;
  readonly per: PolicyQuota['per'];
  readonly holder: string;
  readonly limit: string;
  readonly window: string;
}

export const BLANK: QuotaForm = { counts: '', per: 'user', holder: '', limit: '60', window: '1 min' };

type Counted = Pick<PolicyQuota, 'tool' | 'toolClass' | 'resourceType' | 'action'>;

/** A choice as a text: of an option, and back. */
export const countedText = ({ tool, toolClass, resourceType, action }: Counted): string =>
  JSON.stringify({ tool, toolClass, resourceType, action });

export const formOf = ({ per, holder = '', limit, windowSeconds, ...counts }: PolicyQuota): QuotaForm => ({
  counts: countedText(counts),
  per,
  holder,
  limit: String(limit),
  window: windowWords(windowSeconds),
});

export function read({ counts, per, holder, limit, window }: QuotaForm): FormRead<PolicyQuota, QuotaForm> {
  const windowSeconds = parseWindow(window);
  if (windowSeconds === null) return { problems: { window: 'a number and s, min, h or d; 31 d at most' } };
  const parsed = Quota.safeParse({
    ...(counts === '' ? {} : (JSON.parse(counts) as Counted)),
    per,
    ...(holder === '' ? {} : { holder }),
    limit: parseLimit(limit),
    windowSeconds,
  });
  // What is missing is seen where it is missing.
  return parsed.success ? { value: parsed.data } : { problems: {} };
}

/** Which of its holders it may be of alone. */
export const holdersOf = (per: PolicyQuota['per'], { roles, assistants }: PolicyDocument): string[] =>
  per === 'role' ? Object.keys(roles) : per === 'assistant' ? Object.keys(assistants) : [];
