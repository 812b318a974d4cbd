-- What the schedule owes is kept, so that a restart forgets none of it; and a run that was told to stop has not failed.

CREATE TABLE job_due (
    job TEXT PRIMARY KEY,
    settled_until TEXT NOT NULL,
    tried_at TEXT,
    tries INTEGER NOT NULL CHECK (tries >= 0)
) STRICT, WITHOUT ROWID;

DROP VIEW source_health;
CREATE TABLE new_run (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    dataset TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('running', 'new vintage', 'nothing new', 'no file', 'failed', 'stopped')),
    message TEXT NOT NULL,
    requests INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    cells INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    suppressed INTEGER NOT NULL,
    vintage_id INTEGER REFERENCES vintage (id),
    withdrawn INTEGER NOT NULL DEFAULT 0,
    relabelled INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO new_run
SELECT id, job, dataset, started_at, finished_at, outcome, message, requests, bytes, cells, rows, revised, suppressed,
    vintage_id, withdrawn, relabelled
FROM run;
DROP TABLE run;
ALTER TABLE new_run RENAME TO run;
CREATE INDEX run_job ON run (job, id);

CREATE VIEW source_health AS
SELECT
    last.job AS job,
    last.dataset AS dataset,
    last.started_at AS last_started_at,
    last.finished_at AS last_finished_at,
    last.outcome AS last_outcome,
    last.message AS last_message,
    (SELECT r.finished_at FROM run AS r WHERE r.job = last.job AND r.outcome NOT IN ('running', 'failed', 'stopped')
        ORDER BY r.id DESC LIMIT 1) AS last_success_at,
    (SELECT count(*) FROM run AS r WHERE r.job = last.job AND r.outcome = 'failed' AND r.id > coalesce(
        (SELECT max(g.id) FROM run AS g WHERE g.job = last.job
            AND g.outcome NOT IN ('running', 'failed', 'stopped')), 0)
    ) AS failures_in_row
FROM run AS last
WHERE last.id = (SELECT max(r.id) FROM run AS r WHERE r.job = last.job);
