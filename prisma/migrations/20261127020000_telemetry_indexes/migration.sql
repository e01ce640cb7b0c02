-- One index a span instead of two: the span that names a user is in the trace whose spans count as the user's, so those are
-- found by their trace.
DROP INDEX "span_applied_user";

CREATE OR REPLACE FUNCTION erase_telemetry_user() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone UUID; of RECORD;
BEGIN
  SELECT telemetry_user(salt, OLD.id) INTO gone FROM telemetry_salt WHERE tenant_id = OLD.tenant_id;
  IF gone IS NULL THEN RETURN NULL; END IF;
  FOR of IN SELECT DISTINCT day, trace_id FROM span WHERE tenant_id = OLD.tenant_id AND user_ref = gone LOOP
    DELETE FROM span_content WHERE tenant_id = OLD.tenant_id AND day = of.day AND trace_id = of.trace_id;
    -- What counts as everybody's beyond those told apart stays counted as theirs.
    UPDATE span SET user_ref = NULL, applied_user = nullif(applied_user, gone), thread = NULL, run = NULL,
        attributes = NULL, name = operation
      WHERE tenant_id = OLD.tenant_id AND day = of.day AND trace_id = of.trace_id
        AND (user_ref = gone OR applied_user = gone);
  END LOOP;
  DELETE FROM user_spend WHERE tenant_id = OLD.tenant_id AND user_ref = gone;
  DELETE FROM dimension_value WHERE tenant_id = OLD.tenant_id AND dimension = 'user' AND value = gone::text;
  RETURN NULL;
END $$;
