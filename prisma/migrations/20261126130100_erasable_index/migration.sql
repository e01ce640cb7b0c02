-- What a record may not hold in the clear, because it may be about a person, and what people look for records by all the
-- same: beside the record, in a row that goes when the person is erased.
ALTER TABLE "evidence" ADD COLUMN "run_id" TEXT, ADD COLUMN "target" TEXT;

-- Row-level security would hide the rows from their owner.
ALTER TABLE "evidence" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_record" NO FORCE ROW LEVEL SECURITY;
UPDATE "evidence" v SET "run_id" = r."run_id" FROM "audit_record" r
  WHERE r."tenant_id" = v."tenant_id" AND r."seq" = v."seq" AND r."run_id" IS NOT NULL;
ALTER TABLE "evidence" FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_record" FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_record" DROP COLUMN "run_id";

-- Begin with what they find, like every index that decisions touch.
CREATE INDEX "evidence_subject_ref" ON "evidence"("subject_ref", "tenant_id");
CREATE INDEX "evidence_run_id" ON "evidence"("run_id", "tenant_id") WHERE "run_id" IS NOT NULL;

CREATE OR REPLACE FUNCTION erase_subject() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM quota_use WHERE tenant_id = OLD.tenant_id AND per = 'user' AND holder = OLD.ref::text;
  DELETE FROM evidence WHERE tenant_id = OLD.tenant_id AND subject_ref = OLD.ref;
  RETURN NULL;
END $$;
