/** What an agent's key is good for: asking and reporting, or sending what was traced. */
export const KEY_SCOPES = ['decisions', 'telemetry'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** Of the texts that are kept: one that this program does not know is none. */
export const scopesOf = (kept: readonly string[]): KeyScope[] =>
  KEY_SCOPES.filter((scope) => kept.includes(scope));

/** An agent, by its API key. */
export interface AgentCaller {
  readonly tenantId: string;
  readonly keyId: string;
  /** Assistants it may speak for; empty: any of the tenant. */
  readonly assistants: readonly string[];
}

/** As the door knows it: with what its key is for. */
export interface ScopedCaller extends AgentCaller {
  readonly scopes: readonly KeyScope[];
}
