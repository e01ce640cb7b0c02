-- What the palette finds by the beginning of its name. The operators of text_pattern_ops are leakproof, so that
-- row-level security lets them use the index; LIKE is not.
CREATE INDEX "subject_search" ON "subject"("id" text_pattern_ops, "tenant_id");
CREATE INDEX "evidence_run_search" ON "evidence"("run_id" text_pattern_ops, "tenant_id") WHERE "run_id" IS NOT NULL;
