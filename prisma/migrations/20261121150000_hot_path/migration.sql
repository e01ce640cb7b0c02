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
