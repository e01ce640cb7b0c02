-- How a stop is lifted, and who could lift it, is settled when it is engaged and stands with it.
ALTER TABLE "kill_switch"
  ADD COLUMN "lift_rule" TEXT NOT NULL DEFAULT 'one' CHECK ("lift_rule" IN ('one', 'two', 'cool_down')),
  ADD COLUMN "lifters" UUID[] NOT NULL DEFAULT '{}',
  ADD COLUMN "settled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Those in force need two where the tenant says so now; who has been there for a day counts. Row-level security would hide them from their owner.
ALTER TABLE "kill_switch" NO FORCE ROW LEVEL SECURITY;
-- The platform's order was once taken for a tenant's: what stops every tenant is a global stop.
UPDATE "kill_switch" SET "scope" = 'global', "target" = 'tenant'
  WHERE "tenant_id" = '00000000-0000-0000-0000-000000000000' AND "scope" = 'tenant' AND "lifted_at" IS NULL;
UPDATE "kill_switch" SET "settled_at" = "engaged_at" - INTERVAL '1 day';
UPDATE "kill_switch" k SET "lift_rule" = 'two' FROM "tenant" t
  WHERE t."id" = k."tenant_id" AND k."lifted_at" IS NULL AND (k."scope" = 'global' OR t."two_person_lift");
ALTER TABLE "kill_switch" FORCE ROW LEVEL SECURITY;

-- The platform is nobody's tenant: its stops are those of every tenant, and it has no keys, subjects or policy.
ALTER TABLE "kill_switch" ADD CONSTRAINT "global_stops_are_the_platforms"
  CHECK (("tenant_id" = '00000000-0000-0000-0000-000000000000') = ("scope" = 'global') OR "lifted_at" IS NOT NULL) NOT VALID;
ALTER TABLE "api_key" ADD CONSTRAINT "no_key_of_the_platform"
  CHECK ("tenant_id" <> '00000000-0000-0000-0000-000000000000' OR "revoked_at" IS NOT NULL) NOT VALID;
ALTER TABLE "subject" ADD CONSTRAINT "no_subject_of_the_platform"
  CHECK ("tenant_id" <> '00000000-0000-0000-0000-000000000000') NOT VALID;
ALTER TABLE "policy_revision" ADD CONSTRAINT "no_policy_of_the_platform"
  CHECK ("tenant_id" <> '00000000-0000-0000-0000-000000000000') NOT VALID;
