-- Several processes write one store (src/store/README.md, "Many harvesters on one store").

-- How often a dataset was ingested into: an ingest that began when it was another number is refused.
ALTER TABLE dataset ADD COLUMN token BIGINT NOT NULL DEFAULT 0;
CREATE INDEX commit_log_ingest ON commit_log (ingest_id);

-- Who may write: a row for each process that has the store open for writing, under a number that no other ever gets.
-- Each transaction that writes holds its row. Whoever finds one's time run out removes it: that process is refused
-- from then on, whatever it believes.
CREATE TABLE new_writer (
    token BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    host TEXT NOT NULL,
    process BIGINT NOT NULL,
    place TEXT NOT NULL,
    program TEXT NOT NULL,
    configuration TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT NOT NULL
);
SELECT setval(pg_get_serial_sequence('new_writer', 'token'), (SELECT token + 1 FROM writer));
DROP TABLE writer;
ALTER TABLE new_writer RENAME TO writer;

CREATE OR REPLACE FUNCTION require_writer(mine BIGINT) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM writer WHERE token = mine FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this process may write no more: others have gone on without it' USING ERRCODE = '55P03';
    END IF;
END $$;

-- The right to commit, to the end of the transaction.
CREATE FUNCTION lock_commits() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(1936422259, CAST(CAST(to_regnamespace(current_schema()) AS oid) AS integer));
END $$;

-- The right to ingest into the dataset whose name has this number, to the end of the transaction.
CREATE FUNCTION lock_dataset(name_number BIGINT) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(name_number # CAST(CAST(to_regnamespace(current_schema()) AS oid) AS BIGINT));
END $$;

-- Ids that are drawn before it is known whether they will be used, by several at once.
CREATE SEQUENCE ingest_ids;
CREATE SEQUENCE release_ids;
CREATE SEQUENCE series_ids;
SELECT setval('ingest_ids', coalesce(max(ingest_id), 0) + 1, false) FROM commit_log;
SELECT setval('release_ids', greatest((SELECT coalesce(max(id), 0) FROM vintage),
                                      (SELECT coalesce(max(id), 0) FROM confirmation)) + 1, false);
SELECT setval('series_ids', coalesce(max(id), 0) + 1, false) FROM series;

-- What a writer has alone, as long as its row is there.
CREATE TABLE lease (
    kind TEXT NOT NULL CHECK (kind IN ('job', 'duty')),
    name TEXT NOT NULL,
    writer BIGINT NOT NULL REFERENCES writer (token) ON DELETE CASCADE,
    since TEXT NOT NULL,
    PRIMARY KEY (kind, name)
);
CREATE INDEX lease_writer ON lease (writer);

-- What all are to work by, since when and who put it in force: the newest row holds.
CREATE TABLE configuration (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash TEXT NOT NULL,
    host TEXT NOT NULL,
    program TEXT NOT NULL,
    at TEXT NOT NULL
);
