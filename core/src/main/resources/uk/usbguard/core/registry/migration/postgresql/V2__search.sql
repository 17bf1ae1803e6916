-- Finds parts of texts: an index of every run of three characters, where the server has the
-- extension pg_trgm or lets the owner of the database install it. Elsewhere a search reads every
-- entry.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX device_search ON device USING gin (search_text gin_trgm_ops);
EXCEPTION
  WHEN insufficient_privilege OR feature_not_supported OR undefined_file OR undefined_object THEN
    RAISE NOTICE 'no index for parts of texts: %', SQLERRM;
END
$$;
