/**
 * The order in which people read names: `tool_2` before `tool_10`. The database keeps an object's members by the length
 * of their names, so that the order their authors gave is not to be had. For display only: what is decided, digested or
 * recorded does not depend on a collation.
 */
import type { PolicyDocument } from './contract/policy-document.js';

const collator = new Intl.Collator('en', { numeric: true });

/** Total: names that read alike (`t1`, `t01`) stand in the order of their code units. */
export const naturally = (a: string, b: string): number =>
  collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

/** The same policy, each of its maps to be walked in that order. */
export function inNaturalOrder(document: PolicyDocument): PolicyDocument {
  return {
    ...document,
    tools: sorted(document.tools),
    roles: sorted(document.roles),
    guardrails: sorted(document.guardrails),
    quotas: sorted(document.quotas),
    assistants: sorted(document.assistants),
  };
}

const sorted = <T>(map: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => naturally(a, b)));
