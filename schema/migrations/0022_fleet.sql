-- How often a dataset was ingested into: an ingest that began when it was another number is refused.
ALTER TABLE dataset ADD COLUMN token INTEGER NOT NULL DEFAULT 0;

-- A store that was copied from PostgreSQL has ingest ids that are not the numbers of their commits: the next one is
-- beyond the largest.
CREATE INDEX commit_log_ingest ON commit_log (ingest_id);
