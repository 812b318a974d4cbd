-- The texts of each version of configuration, jobs and catalogue that was in force: `configuration` says since when and
-- who put it in force. A text that several versions have stands here once.
CREATE TABLE configuration_text (
    hash TEXT PRIMARY KEY,
    text TEXT NOT NULL
);
CREATE TABLE configuration_file (
    configuration TEXT NOT NULL, -- its hash
    kind TEXT NOT NULL CHECK (kind IN ('configuration', 'job', 'layout', 'catalogue')),
    name TEXT NOT NULL,
    text_hash TEXT NOT NULL REFERENCES configuration_text (hash),
    PRIMARY KEY (configuration, kind, name)
);
CREATE INDEX configuration_file_text ON configuration_file (text_hash);

-- A newer program that waits for those that write the store to end, so that it can bring the store to that version; by
-- the server's clock.
CREATE TABLE upgrade (
    version BIGINT PRIMARY KEY,
    program TEXT NOT NULL,
    host TEXT NOT NULL,
    until TEXT NOT NULL
);
