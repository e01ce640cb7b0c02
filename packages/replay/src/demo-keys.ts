/** What of `demo-credentials.json` is used: the keys of each tenant, by its slug. */
export interface DemoKeys {
  readonly tenants: {
    readonly [slug: string]: {
      readonly assistant: string;
      readonly agentApiKey: string | null;
      readonly managementApiKey: string | null;
    };
  };
}
