/**
 * What a batch looks up after it holds the lock. Each is one statement over the whole batch. `LATERAL … LIMIT 1` makes
 * every look-up one row by its whole key, whatever the planner believes about a table that is growing.
 */

/** $1 the platform. The clock is read after the lock: a statement of its own, behind the one that waits. */
export const CLOCK = `
  SELECT ledger_now() AS now,
    (SELECT epoch::float8 FROM ledger_head WHERE tenant_id = $1) AS "platformEpoch"`;

/**
 * $1 tenant ids, $2 subject types, $3 subject ids (three parallel arrays); $4 keys of state as a JSON array of rows, each
 * with its number, a subject's with type and id: its key ends with the pseudonym that is found here; $5 tenant ids, $6
 * evaluation ids that outcomes refer to; $7 tenant ids, $8 ids of records of what was told without an evaluation; $9 tenant
 * ids, $10 types, $11 ids of resources. One row.
 */
export const FACTS = `
  SELECT
    (SELECT json_agg(json_build_object('tenantId', w.tenant_id, 'type', w.type, 'id', w.id, 'roles', s.roles,
        'grants', s.grants, 'bound', s.id IS NOT NULL, 'ref', k.ref, 'wrappedKey', encode(k.wrapped_key, 'hex'),
        'attributes', encode(k.attributes, 'hex')))
      FROM unnest($1::uuid[], $2::text[], $3::text[]) AS w(tenant_id, type, id)
      LEFT JOIN LATERAL (SELECT id, roles, grants FROM subject
        WHERE tenant_id = w.tenant_id AND type = w.type AND id = w.id LIMIT 1) s ON true
      LEFT JOIN LATERAL (SELECT ref, wrapped_key, attributes FROM subject_key
        WHERE tenant_id = w.tenant_id AND type = w.type AND id = w.id LIMIT 1) k ON true) AS subjects,
    (SELECT json_agg(json_build_object('tenantId', w.tenant_id, 'type', w.type, 'id', w.id, 'properties', r.properties))
      FROM unnest($9::uuid[], $10::text[], $11::text[]) AS w(tenant_id, type, id)
      CROSS JOIN LATERAL (SELECT properties FROM resource
        WHERE tenant_id = w.tenant_id AND type = w.type AND id = w.id LIMIT 1) r) AS resources,
    (SELECT json_agg(json_build_object('n', w.n, 'state', s.state))
      FROM json_to_recordset($4::json) AS w(n int, tenant_id uuid, kind text, key text, type text, id text)
      LEFT JOIN LATERAL (SELECT ref FROM subject_key
        WHERE tenant_id = w.tenant_id AND type = w.type AND id = w.id LIMIT 1) k ON true
      CROSS JOIN LATERAL (SELECT state FROM decision_state WHERE tenant_id = w.tenant_id AND kind = w.kind
        AND key = CASE WHEN w.type IS NULL THEN w.key ELSE w.key || '/' || k.ref END LIMIT 1) s) AS states,
    (SELECT json_agg(json_build_object('tenantId', w.tenant_id, 'id', w.id, 'seq', e.seq, 'payload', e.payload,
        'ciphertext', encode(v.ciphertext, 'hex'), 'runId', v.run_id, 'target', v.target, 'ref', k.ref, 'wrappedKey', encode(k.wrapped_key, 'hex'),
        'outcome', o.payload))
      FROM unnest($5::uuid[], $6::uuid[]) AS w(tenant_id, id)
      CROSS JOIN LATERAL (SELECT seq, payload, subject_ref, kind FROM audit_record
        WHERE tenant_id = w.tenant_id AND id = w.id LIMIT 1) e
      LEFT JOIN LATERAL (SELECT ciphertext, run_id, target FROM evidence
        WHERE tenant_id = w.tenant_id AND seq = e.seq LIMIT 1) v ON true
      LEFT JOIN LATERAL (SELECT ref, wrapped_key FROM subject_key
        WHERE tenant_id = w.tenant_id AND ref = e.subject_ref LIMIT 1) k ON true
      LEFT JOIN LATERAL (SELECT payload FROM audit_record
        WHERE tenant_id = w.tenant_id AND evaluation_id = w.id LIMIT 1) o ON true
      WHERE e.kind = 'evaluation') AS evaluations,
    (SELECT json_agg(json_build_object('tenantId', w.tenant_id, 'id', w.id, 'payload', o.payload))
      FROM unnest($7::uuid[], $8::uuid[]) AS w(tenant_id, id)
      CROSS JOIN LATERAL (SELECT payload FROM audit_record
        WHERE tenant_id = w.tenant_id AND id = w.id LIMIT 1) o) AS told`;

/** $1 tenant ids (the platform among them): the switches in force and the agent keys that are not revoked. */
export const GOVERNANCE = `
  SELECT t.id AS "tenantId",
    (SELECT coalesce(json_agg(json_build_object('id', k.id, 'scope', k.scope, 'target', k.target, 'mode', k.mode,
        'reason', k.reason)), '[]') FROM kill_switch k WHERE k.tenant_id = t.id AND k.lifted_at IS NULL) AS switches,
    (SELECT coalesce(json_object_agg(a.id, a.assistants), '{}') FROM api_key a
      WHERE a.tenant_id = t.id AND a.kind = 'agent' AND a.revoked_at IS NULL) AS keys
  FROM unnest($1::uuid[]) AS t(id)`;

/** $1 tenant id, $2 revision. */
export const POLICY = `SELECT document FROM policy_revision WHERE tenant_id = $1 AND revision = $2`;
