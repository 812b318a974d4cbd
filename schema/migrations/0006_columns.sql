-- State in columns of its own: what hid under keys with '@' among the connectors' entries.

CREATE TABLE job_state (
    job TEXT PRIMARY KEY,
    input_hash TEXT NOT NULL,
    newest_vintage_id INTEGER REFERENCES vintage (id),
    published_at TEXT,
    announced_at TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO job_state
SELECT jobs.job, coalesce(input.value, ''), vintage.id, published.value, announced.value
FROM (SELECT DISTINCT job FROM connector_state WHERE name LIKE '@%' AND job NOT LIKE '@%') AS jobs
LEFT JOIN connector_state AS input ON input.job = jobs.job AND input.name = '@bytes'
LEFT JOIN connector_state AS made ON made.job = jobs.job AND made.name = '@vintage'
LEFT JOIN vintage ON vintage.id = CAST(made.value AS INTEGER)
LEFT JOIN connector_state AS published ON published.job = jobs.job AND published.name = '@published'
    AND published.value LIKE '____-__-__T__:__:__Z'
LEFT JOIN connector_state AS announced ON announced.job = jobs.job AND announced.name = '@announced'
    AND announced.value LIKE '____-__-__T__:__:__Z';

CREATE TABLE host_pace (
    host TEXT PRIMARY KEY,
    held_until TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE host_call (
    host TEXT NOT NULL REFERENCES host_pace (host),
    position INTEGER NOT NULL,
    called_at TEXT NOT NULL,
    PRIMARY KEY (host, position)
) STRICT, WITHOUT ROWID;
-- The pace was a text of lines "host until call call ...", with "-" for a host that is not held.
CREATE TABLE pace_word (host TEXT, position INTEGER, word TEXT);
INSERT INTO pace_word
WITH RECURSIVE
    line (text, rest) AS (
        SELECT '', value || char(10) FROM connector_state WHERE job = '@pace' AND name = 'calls'
        UNION ALL
        SELECT substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)
        FROM line WHERE rest <> ''),
    word (host, position, text, rest) AS (
        SELECT substr(text, 1, instr(text, ' ') - 1), 0, '', substr(text, instr(text, ' ') + 1) || ' '
        FROM line WHERE instr(text, ' ') > 1
        UNION ALL
        SELECT host, position + 1, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
        FROM word WHERE rest <> '')
SELECT host, position, text FROM word WHERE text LIKE '____-__-__T__:__:__Z';
INSERT INTO host_pace
SELECT host, max(CASE position WHEN 1 THEN word END) FROM pace_word GROUP BY host;
INSERT INTO host_call SELECT host, position - 2, word FROM pace_word WHERE position > 1;
DROP TABLE pace_word;

-- Commits: each transaction that makes rows visible has a number, without gaps, in the order of commits. Rows carry the
-- ingest_id of the transaction that wrote them. What an old store holds is numbered by when it was observed or made.
CREATE TABLE commit_counter (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL
) STRICT;
CREATE TABLE commit_log (
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    ingest_id INTEGER NOT NULL,
    dataset_id INTEGER REFERENCES dataset (id),
    kind TEXT NOT NULL CHECK (kind IN
        ('vintage', 'label', 'indicator value', 'verdict', 'flag', 'annotation', 'correction', 'sign-off')),
    at TEXT NOT NULL,
    PRIMARY KEY (seq, part)
) STRICT, WITHOUT ROWID;

ALTER TABLE vintage ADD COLUMN ingest_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE metadata_change ADD COLUMN ingest_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE indicator_value ADD COLUMN ingest_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE verdict ADD COLUMN ingest_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE flag_event ADD COLUMN ingest_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE annotation ADD COLUMN ingest_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE correction ADD COLUMN ingest_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sign_off ADD COLUMN ingest_id INTEGER NOT NULL DEFAULT 0;

CREATE TABLE old_commit (
    at TEXT, kind TEXT, rank INTEGER, item INTEGER, dataset_id INTEGER, seq INTEGER,
    PRIMARY KEY (kind, item, dataset_id, at)
);
INSERT INTO old_commit
SELECT at, kind, rank, item, dataset_id, row_number() OVER (ORDER BY at, rank, item, dataset_id)
FROM (
    SELECT observed_at AS at, 'vintage' AS kind, 1 AS rank, id AS item, dataset_id FROM vintage
    UNION SELECT observed_at, 'label', 2, release_id, dataset_id FROM metadata_change
    UNION SELECT made_at, 'indicator value', 3, 0, 0 FROM indicator_value
    UNION SELECT made_at, 'verdict', 4, 0, 0 FROM verdict
    UNION SELECT at, 'flag', 5, 0, 0 FROM flag_event
    UNION SELECT at, 'annotation', 6, id, dataset_id FROM annotation
    UNION SELECT withdrawn_at, 'annotation', 6, id, dataset_id FROM annotation WHERE withdrawn_at IS NOT NULL
    UNION SELECT c.at, 'correction', 7, c.id, s.dataset_id FROM correction AS c JOIN series AS s ON s.id = c.series_id
    UNION SELECT c.ended_at, 'correction', 7, c.id, s.dataset_id
        FROM correction AS c JOIN series AS s ON s.id = c.series_id WHERE c.ended_at IS NOT NULL
    UNION SELECT signed_at, 'sign-off', 8, id, 0 FROM sign_off
);
INSERT INTO commit_log SELECT seq, 0, seq, nullif(dataset_id, 0), kind, at FROM old_commit;
INSERT INTO commit_counter SELECT 1, count(*) FROM old_commit;

DROP TRIGGER metadata_change_no_update;
DROP TRIGGER indicator_value_no_update;
DROP TRIGGER verdict_no_update;
DROP TRIGGER flag_event_no_update;
DROP TRIGGER sign_off_no_update;
DROP TRIGGER annotation_withdrawn_once;
DROP TRIGGER correction_ended_once;
UPDATE vintage SET ingest_id = (SELECT seq FROM old_commit AS o WHERE o.kind = 'vintage' AND o.item = vintage.id);
UPDATE metadata_change SET ingest_id = (SELECT seq FROM old_commit AS o WHERE o.kind = 'label'
    AND o.item = release_id AND o.dataset_id = metadata_change.dataset_id AND o.at = observed_at);
UPDATE indicator_value SET ingest_id = (SELECT seq FROM old_commit AS o WHERE o.kind = 'indicator value'
    AND o.item = 0 AND o.dataset_id = 0 AND o.at = made_at);
UPDATE verdict SET ingest_id = (SELECT seq FROM old_commit AS o WHERE o.kind = 'verdict'
    AND o.item = 0 AND o.dataset_id = 0 AND o.at = made_at);
UPDATE flag_event SET ingest_id = (SELECT seq FROM old_commit AS o WHERE o.kind = 'flag'
    AND o.item = 0 AND o.dataset_id = 0 AND o.at = flag_event.at);
UPDATE annotation SET ingest_id = (SELECT min(seq) FROM old_commit AS o WHERE o.kind = 'annotation'
    AND o.item = annotation.id);
UPDATE correction SET ingest_id = (SELECT min(seq) FROM old_commit AS o WHERE o.kind = 'correction'
    AND o.item = correction.id);
UPDATE sign_off SET ingest_id = (SELECT seq FROM old_commit AS o WHERE o.kind = 'sign-off' AND o.item = sign_off.id);
CREATE TRIGGER metadata_change_no_update BEFORE UPDATE ON metadata_change
BEGIN SELECT RAISE(ABORT, 'changes of metadata are append-only'); END;
CREATE TRIGGER indicator_value_no_update BEFORE UPDATE ON indicator_value
BEGIN SELECT RAISE(ABORT, 'indicator values are append-only'); END;
CREATE TRIGGER flag_event_no_update BEFORE UPDATE ON flag_event
BEGIN SELECT RAISE(ABORT, 'flag_event is append-only'); END;
CREATE TRIGGER sign_off_no_update BEFORE UPDATE ON sign_off
BEGIN SELECT RAISE(ABORT, 'sign_off is append-only'); END;
CREATE TRIGGER annotation_withdrawn_once BEFORE UPDATE ON annotation WHEN OLD.withdrawn_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'annotations are append-only: one that is withdrawn stays so'); END;
CREATE TRIGGER correction_ended_once BEFORE UPDATE ON correction WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: one that has ended stays so'); END;
CREATE TRIGGER commit_log_no_update BEFORE UPDATE ON commit_log
BEGIN SELECT RAISE(ABORT, 'commit_log is append-only'); END;
CREATE TRIGGER commit_log_no_delete BEFORE DELETE ON commit_log
BEGIN SELECT RAISE(ABORT, 'commit_log is append-only'); END;

-- One row: what the last evaluation was made on. There is none where people marked something since, and where an older
-- skurd did not note what they had marked: then all is judged anew.
CREATE TABLE evaluation_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    commit_seq INTEGER NOT NULL,
    catalogue_hash TEXT NOT NULL
) STRICT;
INSERT INTO evaluation_state
SELECT 1,
    coalesce((SELECT min(seq) - 1 FROM old_commit WHERE kind = 'vintage' AND item > CAST(newest.value AS INTEGER)),
        (SELECT seq FROM commit_counter)),
    catalogue.value
FROM connector_state AS marks JOIN connector_state AS newest ON newest.job = marks.job AND newest.name = 'vintage'
JOIN connector_state AS catalogue ON catalogue.job = marks.job AND catalogue.name = 'catalogue'
WHERE marks.job = '@evaluated' AND marks.name = 'marks'
    AND marks.value = (SELECT count(*) || '/' || count(withdrawn_at) FROM annotation);
DROP TABLE old_commit;

DELETE FROM connector_state WHERE job LIKE '@%' OR name LIKE '@%';

-- Columns in place of what was parsed back.
CREATE TABLE verdict_vintage (
    verdict_id INTEGER NOT NULL REFERENCES verdict (id),
    position INTEGER NOT NULL,
    vintage_id INTEGER NOT NULL,
    PRIMARY KEY (verdict_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO verdict_vintage SELECT verdict.id, part.key, part.value FROM verdict, json_each(verdict.vintages) AS part;
ALTER TABLE verdict DROP COLUMN vintages;
CREATE TRIGGER verdict_no_update BEFORE UPDATE ON verdict
BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
CREATE TRIGGER verdict_vintage_no_update BEFORE UPDATE ON verdict_vintage
BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
CREATE TRIGGER verdict_vintage_no_delete BEFORE DELETE ON verdict_vintage
BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;

ALTER TABLE flag ADD COLUMN job TEXT NOT NULL DEFAULT '';
UPDATE flag SET job = substr(key, instr(key, '/') + 1)
WHERE indicator = 0 AND kind IN ('overdue', 'frozen', 'replaced', 'drift', 'suspect', 'quarantine')
    AND instr(substr(key, instr(key, '/') + 1), '/') = 0;

-- One word for one thing.
ALTER TABLE look RENAME TO dataset_schema;
DROP INDEX look_dataset;
CREATE INDEX dataset_schema_dataset ON dataset_schema (dataset_id, id);
ALTER TABLE payload RENAME COLUMN kept_at TO stored_at;
ALTER TABLE catalogue RENAME COLUMN kept_at TO stored_at;
ALTER TABLE payload_removal RENAME TO expired_payload;
ALTER TABLE verdict RENAME COLUMN allowance_nb TO caveat_nb;
ALTER TABLE verdict RENAME COLUMN allowance_en TO caveat_en;
DROP VIEW open_flag;
ALTER TABLE flag RENAME COLUMN person TO actor;
ALTER TABLE flag_event RENAME COLUMN person TO actor;
ALTER TABLE annotation RENAME COLUMN person TO actor;
ALTER TABLE correction RENAME COLUMN person TO actor;
ALTER TABLE sign_off RENAME COLUMN person TO actor;
CREATE VIEW open_flag AS
SELECT id, kind, state, key, indicator, period, text_nb, text_en, raised_at, changed_at, note, actor AS person
FROM flag WHERE state <> 'closed';

ALTER TABLE drift RENAME TO old_drift;
CREATE TABLE drift (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    seen_at TEXT NOT NULL,
    run_id INTEGER REFERENCES run (id),
    severity TEXT NOT NULL CHECK (severity IN ('harmless', 'blocks series', 'blocks dataset')),
    dimension TEXT NOT NULL,
    text_nb TEXT NOT NULL,
    text_en TEXT NOT NULL
) STRICT;
INSERT INTO drift
SELECT id, dataset_id, seen_at, run_id, replace(severity, 'stops', 'blocks'), dimension, text_nb, text_en FROM old_drift;
DROP TABLE old_drift;
CREATE INDEX drift_dataset ON drift (dataset_id, id);

ALTER TABLE quarantine RENAME TO old_quarantine;
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    run_id INTEGER REFERENCES run (id),
    kind TEXT NOT NULL CHECK (kind IN ('refused', 'suspect', 'drift')),
    ended_at TEXT,
    ended_how TEXT CHECK (ended_how IN ('ingested', 'discarded', 'outdated')),
    ended_by TEXT,
    ended_why TEXT
) STRICT;
INSERT INTO quarantine
SELECT id, job, payload_hash, name, reason, at, run_id, kind, ended_at, replace(ended_how, 'taken in', 'ingested'),
    ended_by, ended_why FROM old_quarantine;
DROP TABLE old_quarantine;
CREATE INDEX quarantine_job ON quarantine (job, id);
