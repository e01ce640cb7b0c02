/** An agent, by its API key. */
export interface AgentCaller {
  readonly tenantId: string;
  readonly keyId: string;
  /** Assistants it may speak for; empty: any of the tenant. */
  readonly assistants: readonly string[];
}
