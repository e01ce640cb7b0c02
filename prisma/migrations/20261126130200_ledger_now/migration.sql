-- The clock that orders go by, in epoch milliseconds: one place, which a test can set in a database of its own.
CREATE FUNCTION ledger_now() RETURNS FLOAT8 LANGUAGE sql VOLATILE AS
  $$ SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 $$;
