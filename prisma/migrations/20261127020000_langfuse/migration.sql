-- A tenant's Langfuse projects. People connect them (reeve_ledger, with a record); how the pulling goes is noted by
-- whoever pulls (reeve_app), which may write nothing else of them.
CREATE TABLE "langfuse_connection" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "base_url" TEXT NOT NULL,
  "public_key" TEXT NOT NULL,
  -- Under the vault key.
  "secret_key" BYTEA NOT NULL,
  "hint" TEXT NOT NULL,
  "paused" BOOLEAN NOT NULL DEFAULT FALSE,
  "version" INTEGER NOT NULL DEFAULT 1,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  -- What the server was found to be.
  "generation" TEXT,
  "project_id" TEXT,
  "project_name" TEXT,
  -- Why nothing is asked any more, until somebody does something about it.
  "stopped" TEXT,
  -- What went wrong last; null: the last pull was whole.
  "error" TEXT,
  -- Everything before it was pulled.
  "watermark" TIMESTAMPTZ(3),
  "pulled_at" TIMESTAMPTZ(3),
  "next_pull_at" TIMESTAMPTZ(3) NOT NULL,
  "rows" BIGINT NOT NULL DEFAULT 0,
  "rejected" BIGINT NOT NULL DEFAULT 0,
  "scores" BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY ("tenant_id", "id")
);
CREATE UNIQUE INDEX "langfuse_connection_key" ON "langfuse_connection"("tenant_id", "base_url", "public_key");
GRANT SELECT ON "langfuse_connection" TO reeve_app, reeve_ledger;
GRANT INSERT, UPDATE, DELETE ON "langfuse_connection" TO reeve_ledger;
GRANT UPDATE ("generation", "project_id", "project_name", "stopped", "error", "watermark", "pulled_at", "next_pull_at", "rows",
  "rejected", "scores") ON "langfuse_connection" TO reeve_app;

-- A span of time being read, page by page. The row is the progress: whoever leases it goes on where it stands.
CREATE TABLE "langfuse_pull" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "connection_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "from_at" TIMESTAMPTZ(3) NOT NULL,
  "to_at" TIMESTAMPTZ(3) NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'running',
  "part" TEXT NOT NULL DEFAULT 'observations',
  -- Of the next page; null: the first.
  "cursor" TEXT,
  -- The oldest time of the pages read.
  "reached" TIMESTAMPTZ(3),
  "pages" INTEGER NOT NULL DEFAULT 0,
  "rows" BIGINT NOT NULL DEFAULT 0,
  "rejected" BIGINT NOT NULL DEFAULT 0,
  "scores" BIGINT NOT NULL DEFAULT 0,
  -- Failures since the last page.
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "error" TEXT,
  "resume_at" TIMESTAMPTZ(3),
  "lease" UUID,
  "leased_until" TIMESTAMPTZ(3),
  "worked_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "finished_at" TIMESTAMPTZ(3),
  PRIMARY KEY ("tenant_id", "id")
);
CREATE INDEX "langfuse_pull_connection" ON "langfuse_pull"("tenant_id", "connection_id", "created_at");
-- One of each kind at a time.
CREATE UNIQUE INDEX "langfuse_pull_open" ON "langfuse_pull"("tenant_id", "connection_id", "kind")
  WHERE "state" IN ('running', 'paused');
GRANT SELECT, INSERT, UPDATE, DELETE ON "langfuse_pull" TO reeve_app, reeve_ledger;

-- What people, judges and businesses think of answers.
CREATE TABLE "score" (
  "tenant_id" UUID NOT NULL,
  "source" TEXT NOT NULL,
  "external_id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  -- Null is no rating, which is not 0.
  "value" DOUBLE PRECISION,
  "text" TEXT,
  "comment" TEXT,
  "trace_id" TEXT,
  "span_id" TEXT,
  "thread" TEXT,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  PRIMARY KEY ("tenant_id", "source", "external_id")
);
CREATE INDEX "score_name" ON "score"("tenant_id", "name", "at");
CREATE INDEX "score_trace" ON "score"("tenant_id", "trace_id");
GRANT SELECT, INSERT, UPDATE, DELETE ON "score" TO reeve_app;

DO $$
DECLARE t TEXT;
BEGIN
  FOREACH t IN ARRAY ARRAY['langfuse_connection', 'langfuse_pull', 'score'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (tenant_id = ANY ((SELECT current_tenants())::uuid[]))
      WITH CHECK (tenant_id = ANY ((SELECT current_tenants())::uuid[]))', t);
  END LOOP;
END $$;
