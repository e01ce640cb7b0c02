-- What a tenant says of its subjects is personal: it is kept with a subject's key, under that key, and goes with it.
ALTER TABLE "subject_key" ADD COLUMN "attributes" BYTEA;
GRANT UPDATE ("attributes") ON "subject_key" TO reeve_ledger;

-- The register of resources of the types that a policy has beside tools.
CREATE TABLE "resource" (
  "tenant_id" UUID NOT NULL,
  "type" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "properties" JSONB NOT NULL DEFAULT '{}',
  "version" INTEGER NOT NULL DEFAULT 1,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("tenant_id", "type", "id")
);
GRANT SELECT ON "resource" TO reeve_app, reeve_ledger;
GRANT INSERT, UPDATE, DELETE ON "resource" TO reeve_ledger;
ALTER TABLE "resource" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "resource" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "resource" USING (tenant_id = ANY ((SELECT current_tenants())::uuid[]))
  WITH CHECK (tenant_id = ANY ((SELECT current_tenants())::uuid[]));
