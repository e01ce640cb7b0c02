/** Rows of the matrix by the handful. */
import type { PolicyCell } from '@reeve/policy';

const cells =
  (effect: PolicyCell['effect']) =>
  (role: string, tools: readonly string[], when?: string): PolicyCell[] =>
    tools.map((tool) => ({ role, tool, effect, ...(when === undefined ? {} : { when }) }));

export const allow = cells('allow');
/** A person decides each time. */
export const ask = cells('approve');
/** Beats whatever another role of the subject allows. */
export const deny = cells('deny');
