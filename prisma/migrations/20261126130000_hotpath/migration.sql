-- Spends are kept under the subject's pseudonym, not under its id, and go when the person is erased.

CREATE TABLE "quota_use_by_holder" (
  "tenant_id" UUID NOT NULL,
  "quota" TEXT NOT NULL,
  "per" TEXT NOT NULL,
  "holder" TEXT NOT NULL,
  "log" TEXT NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  PRIMARY KEY ("tenant_id", "quota", "per", "holder")
) WITH (fillfactor = 50);

-- No window is lost: where an old key, `quota:holder`, could mean several holders each of them gets the spends. Row-level
-- security would hide the rows from their owner.
ALTER TABLE "quota_use" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "subject_key" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "ledger_head" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "policy_revision" NO FORCE ROW LEVEL SECURITY;
WITH "old" AS (
  SELECT q.*, k."quota", substr(q."key", length(k."quota") + 2) AS "holder",
    (SELECT r."document"->'quotas'->k."quota"->>'per' FROM "ledger_head" h
      JOIN "policy_revision" r ON r."tenant_id" = h."tenant_id" AND r."revision" = h."policy_revision"
      WHERE h."tenant_id" = q."tenant_id") AS "per"
  FROM "quota_use" q, LATERAL (SELECT split_part(q."key", ':', 1)) AS k("quota")
)
INSERT INTO "quota_use_by_holder" ("tenant_id", "quota", "per", "holder", "log", "updated_at")
SELECT o."tenant_id", o."quota", 'user', s."ref"::text, o."log", o."updated_at" FROM "old" o
  JOIN "subject_key" s ON s."tenant_id" = o."tenant_id" AND s."type" || '/' || s."id" = o."holder"
  WHERE o."per" IS NULL OR o."per" = 'user'
UNION ALL
SELECT o."tenant_id", o."quota", p."per", o."holder", o."log", o."updated_at" FROM "old" o
  JOIN (VALUES ('role'), ('assistant'), ('tenant')) AS p("per") ON o."per" = p."per";
ALTER TABLE "subject_key" FORCE ROW LEVEL SECURITY;
ALTER TABLE "ledger_head" FORCE ROW LEVEL SECURITY;
ALTER TABLE "policy_revision" FORCE ROW LEVEL SECURITY;

DROP TABLE "quota_use";
ALTER TABLE "quota_use_by_holder" RENAME TO "quota_use";
ALTER INDEX "quota_use_by_holder_pkey" RENAME TO "quota_use_pkey";
GRANT SELECT ON "quota_use" TO reeve_app, reeve_ledger;
GRANT DELETE ON "quota_use" TO reeve_app;
GRANT INSERT, UPDATE ON "quota_use" TO reeve_ledger;
ALTER TABLE "quota_use" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "quota_use" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "quota_use" USING (tenant_id = ANY ((SELECT current_tenants())::uuid[]))
  WITH CHECK (tenant_id = ANY ((SELECT current_tenants())::uuid[]));

-- Deleting a subject's key erases the person: with it goes, in the same statement, whatever else names them or is kept
-- under their pseudonym. A trigger, so that no way of erasing can leave something out; nobody may delete it otherwise.
CREATE FUNCTION erase_subject() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM quota_use WHERE tenant_id = OLD.tenant_id AND per = 'user' AND holder = OLD.ref::text;
  RETURN NULL;
END $$;
CREATE TRIGGER erase_subject AFTER DELETE ON "subject_key" FOR EACH ROW EXECUTE FUNCTION erase_subject();
