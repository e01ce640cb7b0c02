/**
 * The first steps a tenant has taken towards its first question, read in one statement from what governs, never kept
 * beside it.
 */
import { Injectable } from '@nestjs/common';
import { Database } from '../infra/database.js';
import type { FirstSteps } from './first-steps.model.js';

@Injectable()
export class FirstStepsReadModel {
  constructor(private readonly database: Database) {}

  async of(tenantId: string): Promise<FirstSteps> {
    const [row] = await this.database.read(
      tenantId,
      (tx) => tx.$queryRaw<FirstSteps[]>`
        SELECT
          EXISTS (SELECT FROM membership WHERE tenant_id = ${tenantId}::uuid
            AND 'owner' = ANY (roles) AND removed_at IS NULL AND disabled_at IS NULL) AS owner,
          coalesce(jsonb_path_exists(document, '$.roles.*'), false) AS role,
          coalesce(jsonb_path_exists(document, '$.tools.*'), false) AS tool,
          coalesce(jsonb_path_exists(document, '$.cells[*] ? (@.effect != "deny")'), false) AS cell,
          coalesce(jsonb_path_exists(document,
            '$.assistants.* ? (@.enabled == true && exists(@.tools[*]))'), false) AS assistant,
          EXISTS (SELECT FROM subject WHERE tenant_id = ${tenantId}::uuid
            AND (cardinality(roles) > 0 OR grants <> '{}')) AS subject,
          EXISTS (SELECT FROM api_key WHERE tenant_id = ${tenantId}::uuid
            AND kind = 'agent' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())) AS key,
          EXISTS (SELECT FROM audit_record WHERE tenant_id = ${tenantId}::uuid AND kind = 'evaluation') AS question
        FROM (SELECT) AS one
        LEFT JOIN LATERAL (SELECT document FROM policy_revision WHERE tenant_id = ${tenantId}::uuid
          ORDER BY revision DESC LIMIT 1) AS current ON true`,
    );
    return row!;
  }
}
