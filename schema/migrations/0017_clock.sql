-- Our clock is held against the sources', so that no file is placed by one that is wrong.

CREATE TABLE clock_evidence (
    kind TEXT PRIMARY KEY CHECK (kind IN ('agreed', 'differs')),
    host TEXT NOT NULL,
    theirs TEXT NOT NULL,
    ours TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A cause that joins an outage which a channel was told of is news to a channel that hears of its job alone.

ALTER TABLE outage_cause ADD COLUMN began_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outage_cause ADD COLUMN began_at TEXT NOT NULL DEFAULT '';
UPDATE outage_cause SET
    began_seq = (SELECT outage.began_seq FROM outage WHERE outage.id = outage_cause.outage_id),
    began_at = (SELECT outage.began_at FROM outage WHERE outage.id = outage_cause.outage_id);
