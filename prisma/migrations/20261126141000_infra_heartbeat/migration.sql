-- What a process writes when it is asked whether it is ready: a write that is durable, and in nobody's way.
CREATE TABLE "heartbeat" (
  "process_id" UUID PRIMARY KEY,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE ON "heartbeat" TO reeve_ledger;
GRANT SELECT, DELETE ON "heartbeat" TO reeve_app;
-- And a page of a table of its own session: a full disk is one that no table can grow on.
DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO reeve_ledger', current_database()); END $$;
