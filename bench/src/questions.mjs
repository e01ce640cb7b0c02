// The one policy and the questions of the bench, for Reeve and for Cerbos alike: a role, a matrix cell with a condition on
// an argument, the rule that customers act for themselves only, and the JSON Schema of the arguments. Reeve also spends
// from a quota of each customer, which Cerbos has not.

export const ASSISTANT = 'bench-agent';
export const CUSTOMERS = 256;

/** PolicyDocument of packages/policy. */
export const reevePolicy = {
  tools: {
    refund_order: {
      class: 'dangerous',
      justification: 'Pays money back to a customer.',
      description: 'Refunds an order.',
      owner: 'bench',
      server: 'bench',
      reversible: false,
      untrustedOutput: false,
      schema: {
        type: 'object',
        properties: {
          user_id: { type: 'string', pattern: '^[a-z]+_[0-9]+$' },
          order_id: { type: 'string', pattern: '^#W[0-9]+$' },
          amount: { type: 'number', minimum: 0 },
          reason: { type: 'string', maxLength: 200 },
        },
        required: ['user_id', 'order_id', 'amount'],
        additionalProperties: false,
      },
    },
  },
  resourceTypes: {},
  roles: { customer: { title: 'Customer', description: '', inherits: [] } },
  cells: [{ role: 'customer', tool: 'refund_order', effect: 'allow', when: 'args.amount <= 500' }],
  guardrails: {
    own_account: {
      kind: 'pre_tool',
      title: "Only the customer's own account",
      tools: ['refund_order'],
      enabled: true,
      checks: [{ name: 'own_account', must: 'args.user_id == subject.id', message: 'Not your account.' }],
    },
  },
  // So large that it never says no: what is measured is that it is counted.
  quotas: { refunds: { per: 'user', tool: 'refund_order', limit: 1_000_000, windowSeconds: 60 } },
  assistants: { [ASSISTANT]: { title: 'Bench', description: '', enabled: true, tools: ['refund_order'] } },
};

/** What Cerbos checks a tool's attributes against (JSON Schema 2020-12). */
export const cerbosSchema = {
  type: 'object',
  properties: { arguments: reevePolicy.tools.refund_order.schema },
  required: ['arguments'],
};

/** Cerbos takes the roles from the request; Reeve has bound them. `schema`: the schema's file, or undefined for none. */
export const cerbosPolicy = (schema) => ({
  apiVersion: 'api.cerbos.dev/v1',
  resourcePolicy: {
    version: 'default',
    resource: 'tool',
    ...(schema ? { schemas: { resourceSchema: { ref: `cerbos:///${schema}` } } } : {}),
    rules: [
      {
        actions: ['tools/call'],
        effect: 'EFFECT_ALLOW',
        roles: ['customer'],
        condition: {
          match: {
            all: {
              of: [
                { expr: 'R.id == "refund_order"' },
                { expr: 'R.attr.arguments.amount <= 500.0' },
                { expr: 'R.attr.arguments.user_id == P.id' },
              ],
            },
          },
        },
      },
    ],
  },
});

export const customers = () =>
  Array.from({ length: CUSTOMERS }, (_, i) => ({ type: 'user', id: `customer_${i}` }));

/** AuthZEN 1.0 evaluation requests, as objects. */
export const questionsFor = (subjects) =>
  subjects.map(({ type, id }, i) => ({
    subject: { type, id, properties: { 'cerbos.roles': ['customer'] } },
    action: { name: 'tools/call' },
    resource: {
      type: 'tool',
      id: 'refund_order',
      properties: { arguments: { user_id: id, order_id: `#W${1_000_000 + i}`, amount: 1 + (i % 500) } },
    },
    context: { agent: ASSISTANT, run_id: `run-${i}`, thread_id: `thread-${i}`, channel: 'interactive' },
  }));

export const bodiesFor = (subjects) => questionsFor(subjects).map((question) => JSON.stringify(question));
