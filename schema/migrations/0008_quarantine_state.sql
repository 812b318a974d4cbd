-- What a job's connector remembered when a payload was refused: a retry decodes the payload with it.

CREATE TABLE quarantine_state (
    quarantine_id INTEGER NOT NULL REFERENCES quarantine (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (quarantine_id, name)
) STRICT, WITHOUT ROWID;
