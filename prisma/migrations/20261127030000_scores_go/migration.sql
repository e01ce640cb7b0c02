-- Scores of whoever is erased go too: a comment may say who they are. The trigger's name puts it before the one that
-- makes the spans nobody's, by which their scores are found.
CREATE FUNCTION erase_scores() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone UUID;
BEGIN
  SELECT telemetry_user(salt, OLD.id) INTO gone FROM telemetry_salt WHERE tenant_id = OLD.tenant_id;
  IF gone IS NULL THEN RETURN NULL; END IF;
  DELETE FROM score WHERE tenant_id = OLD.tenant_id AND (
    trace_id IN (SELECT replace(trace_id::text, '-', '') FROM span
      WHERE tenant_id = OLD.tenant_id AND (user_ref = gone OR applied_user = gone))
    OR thread IN (SELECT thread FROM span WHERE tenant_id = OLD.tenant_id AND (user_ref = gone OR applied_user = gone)));
  RETURN NULL;
END $$;
CREATE TRIGGER erase_scores AFTER DELETE ON "subject_key" FOR EACH ROW EXECUTE FUNCTION erase_scores();

-- Scores are kept for as long as the tenant keeps spans.
CREATE INDEX "score_at" ON "score"("tenant_id", "at");
