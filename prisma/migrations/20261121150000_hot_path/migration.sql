-- What the decision loop touches, so that its plans are good from the first row on, before anything was analysed.

-- An index whose first column is the tenant looks as good as any other for any look-up within that tenant, until the
-- planner has statistics. Only primary keys begin with it now; the rest begin with what they find.
DROP INDEX "subject_key_tenant_id_ref_key";
CREATE UNIQUE INDEX "subject_key_ref_tenant_id_key" ON "subject_key"("ref", "tenant_id");
DROP INDEX "audit_record_tenant_id_id_key";
CREATE UNIQUE INDEX "audit_record_id_tenant_id_key" ON "audit_record"("id", "tenant_id");
DROP INDEX "audit_record_one_outcome";
CREATE UNIQUE INDEX "audit_record_one_outcome" ON "audit_record"("evaluation_id", "tenant_id") WHERE "evaluation_id" IS NOT NULL;

-- As a sub-select the setting is read once a statement; as a bare call, once a row.
DO $$
DECLARE t TEXT;
BEGIN
  FOREACH t IN ARRAY ARRAY['membership','api_key','subject','subject_key','policy_revision','policy_draft','kill_switch',
    'ledger_head','audit_record','evidence','quota_use'] LOOP
    EXECUTE format('ALTER POLICY tenant_isolation ON %I USING (tenant_id = ANY ((SELECT current_tenants())::uuid[])) '
      'WITH CHECK (tenant_id = ANY ((SELECT current_tenants())::uuid[]))', t);
  END LOOP;
END $$;

-- How a batch that was decided on assumptions ends when they do not hold under the lock: it is decided again.
CREATE FUNCTION not_as_assumed() RETURNS BOOLEAN LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RAISE EXCEPTION 'a head or the clock is not where the batch assumed' USING ERRCODE = 'serialization_failure';
END $$;

-- Quota logs hold each time as what it is later than the one before. Row-level security would hide them from their owner.
ALTER TABLE "quota_use" NO FORCE ROW LEVEL SECURITY;
UPDATE "quota_use" q SET "log" = (
  SELECT coalesce('[' || string_agg(at - before || ',' || units, ',' ORDER BY place) || ']', '[]')
  FROM (SELECT place, (entry->>0)::bigint AS at, entry->>1 AS units,
          lag((entry->>0)::bigint, 1, 0::bigint) OVER (ORDER BY place) AS before
        FROM json_array_elements(q."log"::json) WITH ORDINALITY AS entries(entry, place)) AS e);
ALTER TABLE "quota_use" FORCE ROW LEVEL SECURITY;
