-- The spine. Tables as in schema.prisma; then who may do what; then row-level security.

CREATE TABLE "tenant" (
  "id" UUID PRIMARY KEY,
  "slug" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "environment" TEXT NOT NULL DEFAULT 'production',
  "two_person_lift" BOOLEAN NOT NULL DEFAULT false,
  "version" INTEGER NOT NULL DEFAULT 1,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "tenant_slug_key" ON "tenant"("slug");

CREATE TABLE "member" (
  "id" UUID PRIMARY KEY,
  "email" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "password_hash" TEXT,
  "totp_secret" BYTEA,
  "totp_enabled_at" TIMESTAMPTZ(3),
  "totp_last_step" BIGINT,
  "platform_admin" BOOLEAN NOT NULL DEFAULT false,
  "disabled_at" TIMESTAMPTZ(3),
  "version" INTEGER NOT NULL DEFAULT 1,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "member_email_key" ON "member"("email");

CREATE TABLE "session" (
  "token_hash" TEXT PRIMARY KEY,
  "member_id" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "mfa_at" TIMESTAMPTZ(3)
);
CREATE INDEX "session_member_id_idx" ON "session"("member_id");
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

CREATE TABLE "one_time_link" (
  "token_hash" TEXT PRIMARY KEY,
  "purpose" TEXT NOT NULL,
  "member_id" UUID,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "used_at" TIMESTAMPTZ(3)
);

CREATE TABLE "membership" (
  "tenant_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "roles" TEXT[],
  "version" INTEGER NOT NULL DEFAULT 1,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("tenant_id", "member_id")
);
CREATE INDEX "membership_member_id_idx" ON "membership"("member_id");

CREATE TABLE "api_key" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "secret_hash" TEXT NOT NULL,
  "hint" TEXT NOT NULL,
  "assistants" TEXT[],
  "roles" TEXT[],
  "created_by" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "last_used_at" TIMESTAMPTZ(3),
  "revoked_at" TIMESTAMPTZ(3),
  "version" INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY ("tenant_id", "id")
);
CREATE UNIQUE INDEX "api_key_tenant_id_secret_hash_key" ON "api_key"("tenant_id", "secret_hash");

CREATE TABLE "subject" (
  "tenant_id" UUID NOT NULL,
  "type" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "roles" TEXT[],
  "grants" JSONB NOT NULL DEFAULT '{}',
  "version" INTEGER NOT NULL DEFAULT 1,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("tenant_id", "type", "id")
);

CREATE TABLE "subject_key" (
  "tenant_id" UUID NOT NULL,
  "type" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "ref" UUID NOT NULL,
  "wrapped_key" BYTEA NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("tenant_id", "type", "id")
);
CREATE UNIQUE INDEX "subject_key_tenant_id_ref_key" ON "subject_key"("tenant_id", "ref");

CREATE TABLE "policy_revision" (
  "tenant_id" UUID NOT NULL,
  "revision" INTEGER NOT NULL,
  "document" JSONB NOT NULL,
  "digest" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "published_by" TEXT NOT NULL,
  "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("tenant_id", "revision")
);

CREATE TABLE "policy_draft" (
  "tenant_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "base_revision" INTEGER NOT NULL,
  "edits" JSONB NOT NULL,
  "version" INTEGER NOT NULL DEFAULT 1,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("tenant_id", "member_id")
);

CREATE TABLE "kill_switch" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "scope" TEXT NOT NULL,
  "target" TEXT NOT NULL DEFAULT '',
  "mode" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "engaged_by" TEXT NOT NULL,
  "engaged_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "engaged_seq" BIGINT NOT NULL DEFAULT 0,
  "lift_proposed_by" TEXT,
  "lift_proposed_at" TIMESTAMPTZ(3),
  "lifted_by" TEXT,
  "lifted_at" TIMESTAMPTZ(3),
  "lift_reason" TEXT,
  "version" INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY ("tenant_id", "id")
);
CREATE UNIQUE INDEX "kill_switch_in_force" ON "kill_switch"("tenant_id", "scope", "target") WHERE "lifted_at" IS NULL;

CREATE TABLE "ledger_head" (
  "tenant_id" UUID PRIMARY KEY,
  "seq" BIGINT NOT NULL DEFAULT 0,
  "hash" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "epoch" BIGINT NOT NULL DEFAULT 0,
  "policy_revision" INTEGER NOT NULL DEFAULT 0,
  "verified_seq" BIGINT NOT NULL DEFAULT 0,
  "verified_hash" TEXT,
  "verified_at" TIMESTAMPTZ(3),
  "broken" TEXT
) WITH (fillfactor = 50);

CREATE TABLE "audit_record" (
  "tenant_id" UUID NOT NULL,
  "seq" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "payload" TEXT NOT NULL,
  "hash" TEXT NOT NULL,
  "hmac" TEXT NOT NULL,
  "key_id" TEXT NOT NULL,
  "action" TEXT NOT NULL,
  "target" TEXT NOT NULL,
  "effect" TEXT,
  "reason" TEXT,
  "assistant" TEXT,
  "subject_ref" UUID,
  "run_id" TEXT,
  "actor_id" TEXT NOT NULL,
  "evaluation_id" UUID,
  PRIMARY KEY ("tenant_id", "seq")
);
CREATE UNIQUE INDEX "audit_record_tenant_id_id_key" ON "audit_record"("tenant_id", "id");
-- Covers the overview's counts without touching the table.
CREATE INDEX "audit_record_overview" ON "audit_record"("tenant_id", "at") INCLUDE ("kind", "effect", "reason", "target");
CREATE UNIQUE INDEX "audit_record_one_outcome" ON "audit_record"("tenant_id", "evaluation_id") WHERE "evaluation_id" IS NOT NULL;
CREATE INDEX "audit_record_changes" ON "audit_record"("tenant_id", "seq" DESC) WHERE "kind" = 'change';

CREATE TABLE "evidence" (
  "tenant_id" UUID NOT NULL,
  "seq" BIGINT NOT NULL,
  "subject_ref" UUID NOT NULL,
  "ciphertext" BYTEA NOT NULL,
  PRIMARY KEY ("tenant_id", "seq")
);

CREATE TABLE "quota_use" (
  "tenant_id" UUID NOT NULL,
  "key" TEXT NOT NULL,
  "log" TEXT NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  PRIMARY KEY ("tenant_id", "key")
) WITH (fillfactor = 50);

-- Roles live in the cluster, not in the database: made once, shared by every database in it.
DO $$
BEGIN
  PERFORM pg_advisory_xact_lock(72707370);
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reeve_app') THEN CREATE ROLE reeve_app NOLOGIN NOINHERIT; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reeve_ledger') THEN CREATE ROLE reeve_ledger NOLOGIN NOINHERIT; END IF;
  EXECUTE format('GRANT reeve_app, reeve_ledger TO %I', current_user);
END $$;

GRANT USAGE ON SCHEMA public TO reeve_app, reeve_ledger;
GRANT SELECT ON "tenant", "member", "session", "one_time_link", "membership", "api_key", "subject", "subject_key",
  "policy_revision", "policy_draft", "kill_switch", "ledger_head", "audit_record", "evidence", "quota_use" TO reeve_app, reeve_ledger;

-- The app writes what governs nothing: who is signed in, who drafts what, when a key was last seen, what the integrity job proved.
GRANT INSERT, UPDATE, DELETE ON "session", "one_time_link", "policy_draft" TO reeve_app;
GRANT UPDATE ("password_hash", "totp_secret", "totp_enabled_at", "totp_last_step") ON "member" TO reeve_app;
GRANT UPDATE ("last_used_at") ON "api_key" TO reeve_app;
GRANT UPDATE ("verified_seq", "verified_hash", "verified_at", "broken") ON "ledger_head" TO reeve_app;
GRANT DELETE ON "quota_use" TO reeve_app;

-- The ledger writes everything else, always beside an audit record, and can only add to the evidence.
GRANT INSERT ON "audit_record", "evidence", "policy_revision" TO reeve_ledger;
GRANT INSERT, UPDATE ON "tenant", "member", "membership", "api_key", "subject", "kill_switch", "ledger_head", "quota_use" TO reeve_ledger;
GRANT DELETE ON "membership", "subject", "session", "subject_key" TO reeve_ledger;
GRANT INSERT ON "subject_key", "one_time_link" TO reeve_ledger;

-- One policy for every tenant table: the rows of the tenants this transaction has named, and no others.
CREATE FUNCTION current_tenants() RETURNS UUID[] LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT string_to_array(nullif(current_setting('app.tenant_ids', true), ''), ',')::uuid[] $$;

DO $$
DECLARE t TEXT;
BEGIN
  FOREACH t IN ARRAY ARRAY['membership','api_key','subject','subject_key','policy_revision','policy_draft','kill_switch',
    'ledger_head','audit_record','evidence','quota_use'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (tenant_id = ANY (current_tenants())) WITH CHECK (tenant_id = ANY (current_tenants()))', t);
  END LOOP;
END $$;

-- A member may see where they belong before a tenant is chosen.
CREATE POLICY own_memberships ON "membership" FOR SELECT
  USING (member_id = nullif(current_setting('app.member_id', true), '')::uuid);

-- The platform's own ledger: global switches, tenants and members take their place in it.
SELECT set_config('app.tenant_ids', '00000000-0000-0000-0000-000000000000', true);
INSERT INTO "tenant" ("id", "slug", "name") VALUES ('00000000-0000-0000-0000-000000000000', '_platform', 'Platform');
INSERT INTO "ledger_head" ("tenant_id", "hash", "at") VALUES ('00000000-0000-0000-0000-000000000000', repeat('0', 64), now());
