/**
 * The names of Reeve's own spans and of what they say, in one table: OpenTelemetry's where it has one (HTTP, database
 * and messaging conventions 1.41), the proposal for guardrails where it has none yet
 * (open-telemetry/semantic-conventions-genai, pull request 427), `reeve.*` for the rest. No argument, no subject, no
 * secret and no name that the policy does not know is in any of them.
 */
export const SPANS = {
  /** A question that was decided; its kind is internal, beneath the request that it came with. */
  decision: 'run_guardrail reeve',
  batch: 'decide batch',
  write: 'write batch',
} as const;

export const ATTRIBUTES = {
  method: 'http.request.method',
  route: 'http.route',
  status: 'http.response.status_code',
  errorType: 'error.type',
  operation: 'gen_ai.operation.name',
  agent: 'gen_ai.agent.name',
  guardrail: 'gen_ai.security.guardrail.name',
  targetType: 'gen_ai.security.target.type',
  targetId: 'gen_ai.security.target.id',
  verdict: 'gen_ai.security.verdict.type',
  verdictCode: 'gen_ai.security.verdict.code',
  policyVersion: 'gen_ai.security.policy.version',
  evaluation: 'reeve.evaluation.id',
  effect: 'reeve.effect',
  mode: 'reeve.mode',
  tenant: 'reeve.tenant.id',
  batchSize: 'reeve.batch.size',
  batchTenants: 'reeve.batch.tenants',
  decided: 'reeve.batch.decided',
  database: 'db.system.name',
  statements: 'db.operation.batch.size',
  messaging: 'messaging.system',
  queue: 'messaging.destination.name',
  job: 'messaging.operation.name',
} as const;
