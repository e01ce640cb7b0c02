-- What decisions leave behind for later ones is of many kinds and has one shape: a text under (tenant, kind, key) that
-- PostgreSQL never looks into. A subject's is kept under its pseudonym, which ends the key and stands in a column, so that
-- it goes when the person is erased. The quota log is the first kind.

CREATE TABLE "decision_state" (
  "tenant_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "subject_ref" UUID,
  "state" TEXT NOT NULL,
  "expires_at" TIMESTAMPTZ(3),
  PRIMARY KEY ("tenant_id", "kind", "key")
) WITH (fillfactor = 50);
-- Begins with what it finds, like every index that decisions touch.
CREATE INDEX "decision_state_subject_ref" ON "decision_state"("subject_ref", "tenant_id")
  WHERE "subject_ref" IS NOT NULL;

-- No window is lost: a log is good for the longest window that a quota can have. Row-level security would hide the rows
-- from their owner.
ALTER TABLE "quota_use" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "decision_state" ("tenant_id", "kind", "key", "subject_ref", "state", "expires_at")
SELECT "tenant_id", 'quota',
  replace(replace("quota", '~', '~0'), '/', '~1') || CASE "per"
    WHEN 'user' THEN '/' || "holder"
    WHEN 'tenant' THEN ':tenant'
    ELSE ':' || "per" || ':' || replace(replace("holder", '~', '~0'), '/', '~1')
  END,
  CASE "per" WHEN 'user' THEN "holder"::uuid END, "log", "updated_at" + interval '31 days'
FROM "quota_use";
DROP TABLE "quota_use";

GRANT SELECT ON "decision_state" TO reeve_app, reeve_ledger;
GRANT DELETE ON "decision_state" TO reeve_app;
GRANT INSERT, UPDATE ON "decision_state" TO reeve_ledger;
ALTER TABLE "decision_state" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "decision_state" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "decision_state" USING (tenant_id = ANY ((SELECT current_tenants())::uuid[]))
  WITH CHECK (tenant_id = ANY ((SELECT current_tenants())::uuid[]));

CREATE OR REPLACE FUNCTION erase_subject() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM decision_state WHERE tenant_id = OLD.tenant_id AND subject_ref = OLD.ref;
  DELETE FROM evidence WHERE tenant_id = OLD.tenant_id AND subject_ref = OLD.ref;
  RETURN NULL;
END $$;

-- How a batch that was decided ahead ends when a head is not where it was left: it is decided again.
ALTER FUNCTION not_as_assumed() RENAME TO stale_head;
