-- Looking for a subject by the beginning of its name must not offer the planner an index that looks as good as the
-- primary key for finding one by all of it: decisions do that. So it is one of the name in small letters.
DROP INDEX "subject_search";
CREATE INDEX "subject_search" ON "subject"(lower("id") text_pattern_ops, "tenant_id");

-- One index finds a run by all of its name and by the beginning of it: evidence is written with every decision.
DROP INDEX "evidence_run_id";
