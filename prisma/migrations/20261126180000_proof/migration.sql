-- What the server proved of each ledger, apart from its head: noting it must not wait for the lock that orders decisions.
CREATE TABLE "ledger_check" (
  "tenant_id" UUID PRIMARY KEY,
  "proved_seq" BIGINT NOT NULL DEFAULT 0,
  "proved_hash" TEXT,
  "proved_at" TIMESTAMPTZ(3),
  "pass_seq" BIGINT NOT NULL DEFAULT 0,
  "pass_hash" TEXT,
  "pass_began_at" TIMESTAMPTZ(3),
  "pass_urgent" BOOLEAN NOT NULL DEFAULT true,
  "pass_broken" TEXT,
  "whole_at" TIMESTAMPTZ(3),
  "broken" TEXT,
  "lost" TEXT
);

ALTER TABLE "ledger_head" DROP COLUMN "verified_seq", DROP COLUMN "verified_hash", DROP COLUMN "verified_at", DROP COLUMN "broken";

-- One side of a change that is too long for its record, which holds its digest.
CREATE TABLE "audit_attachment" (
  "tenant_id" UUID NOT NULL,
  "seq" BIGINT NOT NULL,
  "side" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  PRIMARY KEY ("tenant_id", "seq", "side")
);

GRANT SELECT ON "ledger_check", "audit_attachment" TO reeve_app, reeve_ledger;
GRANT INSERT, UPDATE ON "ledger_check" TO reeve_app;
GRANT UPDATE ("lost") ON "ledger_check" TO reeve_ledger;
GRANT INSERT ON "audit_attachment" TO reeve_ledger;

DO $$
DECLARE t TEXT;
BEGIN
  FOREACH t IN ARRAY ARRAY['ledger_check', 'audit_attachment'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (tenant_id = ANY ((SELECT current_tenants())::uuid[])) '
      'WITH CHECK (tenant_id = ANY ((SELECT current_tenants())::uuid[]))', t);
  END LOOP;
END $$;
