-- People: an account is what somebody signs in with, a membership is their place in one tenant. Accounts and memberships
-- that there are stay as they are; one account in several tenants stays so, because it was made before.

SELECT set_config('app.tenant_ids', (SELECT string_agg("id"::text, ',') FROM "tenant"), true);

ALTER TABLE "member" RENAME TO "account";
ALTER TABLE "account" RENAME CONSTRAINT "member_pkey" TO "account_pkey";
DROP INDEX "member_email_key";
CREATE INDEX "account_email_idx" ON "account"("email");

ALTER TABLE "session" RENAME COLUMN "member_id" TO "account_id";
ALTER INDEX "session_member_id_idx" RENAME TO "session_account_id_idx";

DROP POLICY own_memberships ON "membership";
ALTER TABLE "membership" DROP CONSTRAINT "membership_pkey";
ALTER TABLE "membership" RENAME COLUMN "member_id" TO "id";
DROP INDEX "membership_member_id_idx";
ALTER TABLE "membership"
  ADD COLUMN "email" TEXT,
  ADD COLUMN "name" TEXT,
  ADD COLUMN "account_id" UUID,
  ADD COLUMN "disabled_at" TIMESTAMPTZ(3),
  ADD COLUMN "removed_at" TIMESTAMPTZ(3);

-- Records name members by the ids they had.
UPDATE "membership" m SET "email" = a."email", "name" = a."name", "disabled_at" = a."disabled_at",
  "account_id" = CASE WHEN a."password_hash" IS NULL THEN NULL ELSE a."id" END
  FROM "account" a WHERE a."id" = m."id";
DELETE FROM "membership" WHERE "email" IS NULL;
-- The platform's administrators are the platform's members.
INSERT INTO "membership" ("tenant_id", "id", "email", "name", "roles", "account_id", "disabled_at", "created_at")
  SELECT '00000000-0000-0000-0000-000000000000', "id", "email", "name", '{owner}', "id", "disabled_at", "created_at"
  FROM "account" WHERE "platform_admin" AND "password_hash" IS NOT NULL;
-- Whoever has not set a password yet is invited, and gets a new link.
DELETE FROM "account" WHERE "password_hash" IS NULL;

ALTER TABLE "membership"
  ALTER COLUMN "email" SET NOT NULL,
  ALTER COLUMN "name" SET NOT NULL,
  ADD CONSTRAINT "membership_pkey" PRIMARY KEY ("tenant_id", "id");
CREATE UNIQUE INDEX "membership_tenant_id_account_id_key" ON "membership"("tenant_id", "account_id");
CREATE UNIQUE INDEX "membership_one_address" ON "membership"("tenant_id", "email") WHERE "removed_at" IS NULL;
CREATE INDEX "membership_account_id_idx" ON "membership"("account_id");
ALTER TABLE "account"
  ALTER COLUMN "password_hash" SET NOT NULL,
  DROP COLUMN "platform_admin",
  DROP COLUMN "disabled_at",
  DROP COLUMN "version";

-- A person may see where they belong before a tenant is chosen.
CREATE POLICY own_memberships ON "membership" FOR SELECT
  USING (account_id = nullif(current_setting('app.account_id', true), '')::uuid);

DROP TABLE "one_time_link";
CREATE TABLE "one_time_link" (
  "tenant_id" UUID NOT NULL,
  "token_hash" TEXT NOT NULL,
  "member_id" UUID,
  "made_by" TEXT NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  PRIMARY KEY ("tenant_id", "token_hash")
);
CREATE INDEX "one_time_link_tenant_id_member_id_idx" ON "one_time_link"("tenant_id", "member_id");
ALTER TABLE "one_time_link" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "one_time_link" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "one_time_link"
  USING (tenant_id = ANY (current_tenants())) WITH CHECK (tenant_id = ANY (current_tenants()));
-- The app makes the first administrator's link and nobody else's.
CREATE POLICY set_up_only ON "one_time_link" AS RESTRICTIVE FOR INSERT TO reeve_app WITH CHECK (member_id IS NULL);

CREATE TABLE "remembered_browser" (
  "token_hash" TEXT NOT NULL,
  "account_id" UUID NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  PRIMARY KEY ("account_id", "token_hash")
);
CREATE INDEX "remembered_browser_expires_at_idx" ON "remembered_browser"("expires_at");

CREATE TABLE "recovery_code" (
  "account_id" UUID NOT NULL,
  "code_hash" TEXT NOT NULL,
  PRIMARY KEY ("account_id", "code_hash")
);

-- A management key has an end; one that had none gets a year.
ALTER TABLE "api_key" ADD COLUMN "expires_at" TIMESTAMPTZ(3);
UPDATE "api_key" SET "expires_at" = CURRENT_TIMESTAMP + INTERVAL '1 year' WHERE "kind" = 'management';
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_management_expires" CHECK ("kind" = 'agent' OR "expires_at" IS NOT NULL);

-- The app keeps what governs nothing; passwords and second factors change with a record.
GRANT SELECT ON "one_time_link", "remembered_browser", "recovery_code" TO reeve_app, reeve_ledger;
GRANT INSERT, DELETE ON "one_time_link" TO reeve_app, reeve_ledger;
GRANT INSERT, UPDATE, DELETE ON "remembered_browser" TO reeve_app;
REVOKE UPDATE ("password_hash", "totp_enabled_at") ON "account" FROM reeve_app;
GRANT DELETE ON "account", "remembered_browser", "recovery_code" TO reeve_ledger;
GRANT INSERT ON "recovery_code" TO reeve_ledger;
REVOKE DELETE ON "membership" FROM reeve_ledger;
