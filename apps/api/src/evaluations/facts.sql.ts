/** What a batch looks up after it holds the lock. Each is one statement over the whole batch. */

/**
 * $1 tenant ids, $2 subject types, $3 subject ids (three parallel arrays); $4 tenant ids, $5 quota keys; $6 tenant ids,
 * $7 evaluation ids that outcomes refer to; $8 the platform. One row.
 */
export const FACTS = `
  SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now,
    (SELECT epoch::float8 FROM ledger_head WHERE tenant_id = $8) AS "platformEpoch",
    (SELECT json_agg(json_build_object('tenantId', w.tenant_id, 'type', w.type, 'id', w.id, 'roles', s.roles,
        'grants', s.grants, 'bound', s.id IS NOT NULL, 'ref', k.ref, 'wrappedKey', encode(k.wrapped_key, 'hex')))
      FROM unnest($1::uuid[], $2::text[], $3::text[]) AS w(tenant_id, type, id)
      LEFT JOIN subject s ON s.tenant_id = w.tenant_id AND s.type = w.type AND s.id = w.id
      LEFT JOIN subject_key k ON k.tenant_id = w.tenant_id AND k.type = w.type AND k.id = w.id) AS subjects,
    (SELECT json_agg(json_build_object('tenantId', q.tenant_id, 'key', q.key, 'log', q.log))
      FROM unnest($4::uuid[], $5::text[]) AS w(tenant_id, key)
      JOIN quota_use q ON q.tenant_id = w.tenant_id AND q.key = w.key) AS "quotaUse",
    (SELECT json_agg(json_build_object('tenantId', e.tenant_id, 'id', e.id, 'seq', e.seq, 'payload', e.payload,
        'ciphertext', encode(v.ciphertext, 'hex'), 'ref', k.ref, 'wrappedKey', encode(k.wrapped_key, 'hex'),
        'outcome', o.payload))
      FROM unnest($6::uuid[], $7::uuid[]) AS w(tenant_id, id)
      JOIN audit_record e ON e.tenant_id = w.tenant_id AND e.id = w.id AND e.kind = 'evaluation'
      LEFT JOIN evidence v ON v.tenant_id = e.tenant_id AND v.seq = e.seq
      LEFT JOIN subject_key k ON k.tenant_id = e.tenant_id AND k.ref = e.subject_ref
      LEFT JOIN audit_record o ON o.tenant_id = e.tenant_id AND o.evaluation_id = e.id) AS evaluations`;

/** $1 tenant ids (the platform among them): the switches in force and the agent keys that are not revoked. */
export const GOVERNANCE = `
  SELECT t.id AS "tenantId",
    (SELECT coalesce(json_agg(json_build_object('id', k.id, 'scope', k.scope, 'target', k.target, 'mode', k.mode,
        'reason', k.reason)), '[]') FROM kill_switch k WHERE k.tenant_id = t.id AND k.lifted_at IS NULL) AS switches,
    (SELECT coalesce(json_agg(a.id), '[]') FROM api_key a
      WHERE a.tenant_id = t.id AND a.kind = 'agent' AND a.revoked_at IS NULL) AS keys
  FROM unnest($1::uuid[]) AS t(id)`;

/** $1 tenant id, $2 revision. */
export const POLICY = `SELECT document FROM policy_revision WHERE tenant_id = $1 AND revision = $2`;
