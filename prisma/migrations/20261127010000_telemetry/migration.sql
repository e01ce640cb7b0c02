-- What agents report of themselves. It is written by a role of its own, which may write nothing else, on connections of
-- its own: a decision waits for no span.

ALTER TABLE "api_key" ADD COLUMN "scopes" TEXT[] DEFAULT ARRAY['decisions']::TEXT[];
UPDATE "api_key" SET "scopes" = '{}' WHERE "kind" <> 'agent';

-- Days that spans are kept for.
ALTER TABLE "tenant" ADD COLUMN "telemetry_days" INTEGER NOT NULL DEFAULT 30;

DO $$
BEGIN
  PERFORM pg_advisory_xact_lock(72707370);
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reeve_telemetry') THEN CREATE ROLE reeve_telemetry NOLOGIN NOINHERIT; END IF;
  EXECUTE format('GRANT reeve_telemetry TO %I', current_user);
END $$;
GRANT USAGE ON SCHEMA public TO reeve_telemetry;

-- Salts the pseudonyms of users: nothing else of a user is kept.
CREATE TABLE "telemetry_salt" (
  "tenant_id" UUID PRIMARY KEY,
  "salt" BYTEA NOT NULL
);

-- The lock on this row orders whoever writes spans of one trace. All its spans lie in the partition of its day, the UTC
-- day of the first one that came: so what is unique in a partition is unique.
CREATE TABLE "trace" (
  "tenant_id" UUID NOT NULL,
  "trace_id" UUID NOT NULL,
  "day" DATE NOT NULL,
  -- Of the span that began last: the row stays until none of its spans would be taken any more.
  "last_day" DATE NOT NULL,
  "spans" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("tenant_id", "trace_id")
) WITH (fillfactor = 80);
CREATE INDEX "trace_last_day" ON "trace"("tenant_id", "last_day");

CREATE TABLE "span" (
  "tenant_id" UUID NOT NULL,
  "day" DATE NOT NULL,
  "trace_id" UUID NOT NULL,
  "span_id" TEXT NOT NULL,
  "parent_span_id" TEXT,
  "source" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "start_ns" BIGINT NOT NULL,
  "end_ns" BIGINT,
  "duration_ns" BIGINT,
  "operation" TEXT NOT NULL,
  "error" BOOLEAN NOT NULL,
  "batch" BOOLEAN NOT NULL,
  "error_type" TEXT,
  "agent" TEXT,
  "node" TEXT,
  "tool" TEXT,
  "model" TEXT,
  "provider" TEXT,
  "evaluation_id" TEXT,
  "assistant" TEXT,
  "version" TEXT,
  -- A pseudonym.
  "user_ref" UUID,
  "thread" TEXT,
  "run" TEXT,
  "route" TEXT,
  "segment" TEXT,
  "channel" TEXT,
  "environment" TEXT,
  "cost_sent" NUMERIC,
  "tokens" TEXT,
  "marks" TEXT,
  "attributes" JSONB,
  -- What it adds to the rollups now, to be taken back when that changes.
  "applied" TEXT NOT NULL,
  "applied_user" UUID,
  PRIMARY KEY ("tenant_id", "day", "trace_id", "span_id")
) PARTITION BY LIST ("day");
CREATE INDEX "span_user_ref" ON "span"("user_ref", "tenant_id") WHERE "user_ref" IS NOT NULL;
CREATE INDEX "span_applied_user" ON "span"("applied_user", "tenant_id") WHERE "applied_user" IS NOT NULL;

-- What was said, of assistants whose log policy is `full`.
CREATE TABLE "span_content" (
  "tenant_id" UUID NOT NULL,
  "day" DATE NOT NULL,
  "trace_id" UUID NOT NULL,
  "span_id" TEXT NOT NULL,
  "content" JSONB NOT NULL,
  PRIMARY KEY ("tenant_id", "day", "trace_id", "span_id")
) PARTITION BY LIST ("day");

-- Values that a tenant's dimensions may have; a folded one counts as "other".
CREATE TABLE "dimension_value" (
  "tenant_id" UUID NOT NULL,
  "dimension" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "folded" BOOLEAN NOT NULL,
  PRIMARY KEY ("tenant_id", "dimension", "value")
);

-- What is counted apart. The id is a hash of the dimensions.
CREATE TABLE "series" (
  "tenant_id" UUID NOT NULL,
  "id" BIGINT NOT NULL,
  "role" TEXT NOT NULL,
  "traffic" TEXT NOT NULL,
  "assistant" TEXT,
  "version" TEXT,
  "node" TEXT,
  "tool" TEXT,
  "model" TEXT,
  "provider" TEXT,
  "route" TEXT,
  "segment" TEXT,
  "channel" TEXT,
  "environment" TEXT,
  PRIMARY KEY ("tenant_id", "id")
);

-- Sums by minute ('m') and hour ('h'), at minutes since 1970. Whatever is in them can be taken back.
CREATE TABLE "rollup" (
  "tenant_id" UUID NOT NULL,
  "grain" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "series_id" BIGINT NOT NULL,
  "spans" BIGINT NOT NULL,
  "errors" BIGINT NOT NULL,
  "runs" BIGINT NOT NULL,
  "run_errors" BIGINT NOT NULL,
  "visits" BIGINT NOT NULL,
  "calls" BIGINT NOT NULL,
  "tool_calls" BIGINT NOT NULL,
  "tool_errors" BIGINT NOT NULL,
  "unpriced_calls" BIGINT NOT NULL,
  "unpriced_tokens" BIGINT NOT NULL,
  "input_uncached" BIGINT NOT NULL,
  "input_cache_read" BIGINT NOT NULL,
  "input_cache_write" BIGINT NOT NULL,
  "input_audio" BIGINT NOT NULL,
  "output_text" BIGINT NOT NULL,
  "output_reasoning" BIGINT NOT NULL,
  "output_audio" BIGINT NOT NULL,
  -- In 1e-12 USD.
  "cost_sent" NUMERIC NOT NULL,
  "cost_priced" NUMERIC NOT NULL,
  -- Of those whose duration is known.
  "timed" BIGINT NOT NULL,
  "latency_ns" NUMERIC NOT NULL,
  PRIMARY KEY ("tenant_id", "grain", "at", "series_id")
) WITH (fillfactor = 70);

-- Bins of the sketch of durations: sums as well, so percentiles are of whatever was added up.
CREATE TABLE "latency_bin" (
  "tenant_id" UUID NOT NULL,
  "grain" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "series_id" BIGINT NOT NULL,
  "bin" INTEGER NOT NULL,
  "n" BIGINT NOT NULL,
  PRIMARY KEY ("tenant_id", "grain", "at", "series_id", "bin")
) WITH (fillfactor = 70);

-- What users spend by the hour, under their pseudonyms.
CREATE TABLE "user_spend" (
  "tenant_id" UUID NOT NULL,
  "at" INTEGER NOT NULL,
  "user_ref" UUID NOT NULL,
  "calls" BIGINT NOT NULL,
  "unpriced_calls" BIGINT NOT NULL,
  "unpriced_tokens" BIGINT NOT NULL,
  "input_uncached" BIGINT NOT NULL,
  "input_cache_read" BIGINT NOT NULL,
  "input_cache_write" BIGINT NOT NULL,
  "input_audio" BIGINT NOT NULL,
  "output_text" BIGINT NOT NULL,
  "output_reasoning" BIGINT NOT NULL,
  "output_audio" BIGINT NOT NULL,
  "cost_sent" NUMERIC NOT NULL,
  "cost_priced" NUMERIC NOT NULL,
  PRIMARY KEY ("tenant_id", "at", "user_ref")
) WITH (fillfactor = 70);
CREATE INDEX "user_spend_user_ref" ON "user_spend"("user_ref", "tenant_id");

-- What came in by the minute of its coming, and what of it was not taken, with one sample of each reason.
CREATE TABLE "receipt" (
  "tenant_id" UUID NOT NULL,
  "receiver" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "requests" BIGINT NOT NULL,
  "accepted" BIGINT NOT NULL,
  "rejected" BIGINT NOT NULL,
  PRIMARY KEY ("tenant_id", "receiver", "at")
) WITH (fillfactor = 70);
CREATE TABLE "telemetry_rejection" (
  "tenant_id" UUID NOT NULL,
  "receiver" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "count" BIGINT NOT NULL,
  "first_at" TIMESTAMPTZ(3) NOT NULL,
  "last_at" TIMESTAMPTZ(3) NOT NULL,
  "sample" TEXT NOT NULL,
  PRIMARY KEY ("tenant_id", "receiver", "reason")
);

-- Reading a key's standing, the number of the policy and who is erased is all that telemetry may of the ledger's tables.
GRANT SELECT ("tenant_id", "id", "revoked_at") ON "api_key" TO reeve_telemetry;
GRANT SELECT ("tenant_id", "policy_revision") ON "ledger_head" TO reeve_telemetry;
GRANT SELECT ("id", "telemetry_days") ON "tenant" TO reeve_telemetry;

DO $$
DECLARE t TEXT;
BEGIN
  FOREACH t IN ARRAY ARRAY['telemetry_salt','trace','span','span_content','dimension_value','series','rollup','latency_bin',
    'user_spend','receipt','telemetry_rejection'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO reeve_telemetry', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (tenant_id = ANY ((SELECT current_tenants())::uuid[]))
      WITH CHECK (tenant_id = ANY ((SELECT current_tenants())::uuid[]))', t);
  END LOOP;
END $$;
GRANT SELECT ON "trace", "span", "span_content", "dimension_value", "series", "rollup", "latency_bin", "user_spend", "receipt",
  "telemetry_rejection" TO reeve_app;

-- The pseudonym of a user of a tenant.
CREATE FUNCTION telemetry_user(salt BYTEA, id TEXT) RETURNS UUID LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT encode(substring(sha256(salt || convert_to(id, 'UTF8')) FOR 16), 'hex')::uuid $$;

-- Makes the partitions of a day, where that is a day that spans may be of; false where it is not. Attached and not created
-- in place: that would lock out everybody who reads or writes spans.
CREATE FUNCTION telemetry_day(of DATE) RETURNS BOOLEAN LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE parent TEXT; part TEXT;
BEGIN
  IF of < (now() AT TIME ZONE 'UTC')::date - 401 OR of > (now() AT TIME ZONE 'UTC')::date + 2 THEN RETURN FALSE; END IF;
  PERFORM pg_advisory_xact_lock(72707371);
  FOREACH parent IN ARRAY ARRAY['span', 'span_content'] LOOP
    part := parent || '_' || to_char(of, 'YYYYMMDD');
    CONTINUE WHEN to_regclass(quote_ident(part)) IS NOT NULL;
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL, CHECK (day = %L))', part, parent, of);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', part);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (tenant_id = ANY ((SELECT current_tenants())::uuid[]))
      WITH CHECK (tenant_id = ANY ((SELECT current_tenants())::uuid[]))', part);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES IN (%L)', parent, part, of);
  END LOOP;
  RETURN TRUE;
END $$;

-- Drops the partitions that no tenant keeps any more. Gives way where somebody is at work in them.
CREATE FUNCTION telemetry_drop_days() RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  SET lock_timeout = '2s' AS $$
DECLARE part TEXT; oldest DATE; dropped INTEGER := 0;
BEGIN
  SELECT (now() AT TIME ZONE 'UTC')::date - max(telemetry_days) INTO oldest FROM tenant;
  FOR part IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent IN ('span'::regclass, 'span_content'::regclass)
        AND to_date(right(c.relname, 8), 'YYYYMMDD') < oldest ORDER BY c.relname LOOP
    EXECUTE format('DROP TABLE %I', part);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;
REVOKE ALL ON FUNCTION telemetry_day(DATE), telemetry_drop_days() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION telemetry_day(DATE), telemetry_drop_days() TO reeve_telemetry;

-- Whoever is erased is erased here too: their spend goes, and spans are nobody's any more and say nothing.
CREATE FUNCTION erase_telemetry_user() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone UUID;
BEGIN
  SELECT telemetry_user(salt, OLD.id) INTO gone FROM telemetry_salt WHERE tenant_id = OLD.tenant_id;
  IF gone IS NULL THEN RETURN NULL; END IF;
  DELETE FROM span_content c USING span s WHERE s.tenant_id = OLD.tenant_id AND s.applied_user = gone
    AND c.tenant_id = s.tenant_id AND c.day = s.day AND c.trace_id = s.trace_id AND c.span_id = s.span_id;
  UPDATE span SET user_ref = NULL, applied_user = NULL, thread = NULL, run = NULL, attributes = NULL, name = operation
    WHERE tenant_id = OLD.tenant_id AND (user_ref = gone OR applied_user = gone);
  DELETE FROM user_spend WHERE tenant_id = OLD.tenant_id AND user_ref = gone;
  DELETE FROM dimension_value WHERE tenant_id = OLD.tenant_id AND dimension = 'user' AND value = gone::text;
  RETURN NULL;
END $$;
CREATE TRIGGER erase_telemetry_user AFTER DELETE ON "subject_key" FOR EACH ROW EXECUTE FUNCTION erase_telemetry_user();
