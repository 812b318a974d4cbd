-- What keeps a store in order for years: rows in bands, so that a revision of everything does not touch every page there
-- is; runs that may go; which migrations were made, when and by what.

PRAGMA legacy_alter_table = ON; -- views and foreign keys go on naming the table that is made anew here

CREATE TABLE migration (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    from_version INTEGER NOT NULL,
    program TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE TRIGGER migration_no_update BEFORE UPDATE ON migration
BEGIN SELECT RAISE(ABORT, 'migrations were made as they were: the table is append-only'); END;
CREATE TRIGGER migration_no_delete BEFORE DELETE ON migration
BEGIN SELECT RAISE(ABORT, 'migrations were made as they were: the table is append-only'); END;
CREATE VIEW store_version AS
SELECT (SELECT max(version) FROM migration) AS store_schema, 2 AS views;

-- The rows of a release stand in the newest band of its dataset whose first release is not later than it.
CREATE TABLE dataset_band (
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    band INTEGER NOT NULL,
    first_release INTEGER NOT NULL,
    PRIMARY KEY (dataset_id, band)
) STRICT, WITHOUT ROWID;
INSERT INTO dataset_band SELECT id, 0, 0 FROM dataset;
CREATE TRIGGER dataset_band_no_update BEFORE UPDATE ON dataset_band
BEGIN SELECT RAISE(ABORT, 'rows stand where they were written: bands are append-only'); END;
CREATE TRIGGER dataset_band_no_delete BEFORE DELETE ON dataset_band
BEGIN SELECT RAISE(ABORT, 'rows stand where they were written: bands are append-only'); END;

DROP VIEW current_observation;
DROP VIEW observation_history;
CREATE TABLE new_observation (
    band INTEGER NOT NULL,
    series_id INTEGER NOT NULL,
    period_id INTEGER NOT NULL,
    vintage_id INTEGER NOT NULL,
    value REAL,
    decimals INTEGER NOT NULL,
    value_text TEXT,
    status_id INTEGER NOT NULL,
    PRIMARY KEY (band, series_id, period_id, vintage_id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_observation
SELECT 0, series_id, period_id, vintage_id, value, decimals, value_text, status_id
FROM observation ORDER BY series_id, period_id, vintage_id;
DROP TABLE observation;
ALTER TABLE new_observation RENAME TO observation;
CREATE TRIGGER observation_no_update BEFORE UPDATE ON observation
BEGIN SELECT RAISE(ABORT, 'observations are append-only: a changed number is a new row'); END;
CREATE TRIGGER observation_no_delete BEFORE DELETE ON observation
BEGIN SELECT RAISE(ABORT, 'observations are append-only: they are never deleted'); END;

CREATE VIEW current_observation AS
SELECT
    dataset.name AS dataset,
    o.series_id AS series_id,
    (SELECT json_group_object(dimension_code, category_code) FROM (
        SELECT d.code AS dimension_code, c.code AS category_code
        FROM dimension AS d CROSS JOIN series_code AS sc CROSS JOIN category AS c
        WHERE d.dataset_id = series.dataset_id AND sc.series_id = series.id AND sc.dimension_id = d.id
          AND c.id = sc.category_id ORDER BY d.position)) AS codes,
    CASE WHEN series.dataset_id NOT IN (SELECT r.dataset_id FROM renamed_category AS r WHERE r.what = 'label')
    THEN (SELECT group_concat(label, ', ') FROM (
        SELECT c.label AS label
        FROM dimension AS d CROSS JOIN series_code AS sc CROSS JOIN category AS c
        WHERE d.dataset_id = series.dataset_id AND sc.series_id = series.id AND sc.dimension_id = d.id
          AND c.id = sc.category_id ORDER BY d.position))
    ELSE (SELECT group_concat(label, ', ') FROM (
        SELECT CASE WHEN c.id NOT IN (SELECT r.category_id FROM renamed_category AS r WHERE r.what = 'label')
            THEN c.label ELSE coalesce(
            (SELECT l.label FROM label_version AS l WHERE l.dataset_id = d.dataset_id AND l.dimension = d.code
                AND l.category = c.code AND (l.published_at, l.seq) <= (v.published_at, v.seq)
                ORDER BY l.published_at DESC, l.seq DESC LIMIT 1),
            (SELECT l.label FROM label_version AS l WHERE l.dataset_id = d.dataset_id AND l.dimension = d.code
                AND l.category = c.code ORDER BY l.published_at, l.seq LIMIT 1)) END AS label
        FROM dimension AS d CROSS JOIN series_code AS sc CROSS JOIN category AS c
        WHERE d.dataset_id = series.dataset_id AND sc.series_id = series.id AND sc.dimension_id = d.id
          AND c.id = sc.category_id ORDER BY d.position)) END AS label,
    CASE WHEN series.dataset_id NOT IN (SELECT r.dataset_id FROM renamed_category AS r WHERE r.what = 'unit')
    THEN coalesce((SELECT c.unit FROM series_code AS sc JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = series.id AND c.unit <> '' LIMIT 1), '')
    ELSE coalesce((SELECT unit FROM (
        SELECT CASE WHEN c.id NOT IN (SELECT r.category_id FROM renamed_category AS r WHERE r.what = 'unit')
            THEN c.unit ELSE coalesce(
            (SELECT l.unit FROM label_version AS l WHERE l.dataset_id = d.dataset_id AND l.dimension = d.code
                AND l.category = c.code AND (l.published_at, l.seq) <= (v.published_at, v.seq)
                ORDER BY l.published_at DESC, l.seq DESC LIMIT 1),
            (SELECT l.unit FROM label_version AS l WHERE l.dataset_id = d.dataset_id AND l.dimension = d.code
                AND l.category = c.code ORDER BY l.published_at, l.seq LIMIT 1)) END AS unit
        FROM dimension AS d CROSS JOIN series_code AS sc CROSS JOIN category AS c
        WHERE d.dataset_id = series.dataset_id AND sc.series_id = series.id AND sc.dimension_id = d.id
          AND c.id = sc.category_id ORDER BY d.position) WHERE unit <> '' LIMIT 1), '') END AS unit,
    period.text AS period,
    period.first_day AS first_day,
    period.last_day AS last_day,
    o.value AS value,
    o.decimals AS decimals,
    o.value_text AS value_text,
    status.text AS status,
    status.meaning AS meaning,
    o.vintage_id AS vintage_id,
    v.published_at AS published_at,
    v.confidence AS confidence,
    v.observed_at AS observed_at,
    v.last_confirmed_at AS last_confirmed_at
FROM observation AS o
JOIN vintage AS v ON v.id = o.vintage_id
JOIN series ON series.id = o.series_id
JOIN dataset ON dataset.id = series.dataset_id
JOIN period ON period.id = o.period_id
JOIN status ON status.id = o.status_id
WHERE NOT EXISTS (
    SELECT 1 FROM dataset_band AS b CROSS JOIN observation AS later CROSS JOIN vintage AS lv
    WHERE b.dataset_id = series.dataset_id AND later.band = b.band AND later.series_id = o.series_id
      AND later.period_id = o.period_id AND lv.id = later.vintage_id
      AND (lv.published_at, lv.seq) > (v.published_at, v.seq));

CREATE VIEW observation_history AS
SELECT
    dataset.name AS dataset,
    o.series_id AS series_id,
    (SELECT json_group_object(dimension_code, category_code) FROM (
        SELECT d.code AS dimension_code, c.code AS category_code
        FROM dimension AS d CROSS JOIN series_code AS sc CROSS JOIN category AS c
        WHERE d.dataset_id = series.dataset_id AND sc.series_id = series.id AND sc.dimension_id = d.id
          AND c.id = sc.category_id ORDER BY d.position)) AS codes,
    CASE WHEN series.dataset_id NOT IN (SELECT r.dataset_id FROM renamed_category AS r WHERE r.what = 'label')
    THEN (SELECT group_concat(label, ', ') FROM (
        SELECT c.label AS label
        FROM dimension AS d CROSS JOIN series_code AS sc CROSS JOIN category AS c
        WHERE d.dataset_id = series.dataset_id AND sc.series_id = series.id AND sc.dimension_id = d.id
          AND c.id = sc.category_id ORDER BY d.position))
    ELSE (SELECT group_concat(label, ', ') FROM (
        SELECT CASE WHEN c.id NOT IN (SELECT r.category_id FROM renamed_category AS r WHERE r.what = 'label')
            THEN c.label ELSE coalesce(
            (SELECT l.label FROM label_version AS l WHERE l.dataset_id = d.dataset_id AND l.dimension = d.code
                AND l.category = c.code AND (l.published_at, l.seq) <= (v.published_at, v.seq)
                ORDER BY l.published_at DESC, l.seq DESC LIMIT 1),
            (SELECT l.label FROM label_version AS l WHERE l.dataset_id = d.dataset_id AND l.dimension = d.code
                AND l.category = c.code ORDER BY l.published_at, l.seq LIMIT 1)) END AS label
        FROM dimension AS d CROSS JOIN series_code AS sc CROSS JOIN category AS c
        WHERE d.dataset_id = series.dataset_id AND sc.series_id = series.id AND sc.dimension_id = d.id
          AND c.id = sc.category_id ORDER BY d.position)) END AS label,
    CASE WHEN series.dataset_id NOT IN (SELECT r.dataset_id FROM renamed_category AS r WHERE r.what = 'unit')
    THEN coalesce((SELECT c.unit FROM series_code AS sc JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = series.id AND c.unit <> '' LIMIT 1), '')
    ELSE coalesce((SELECT unit FROM (
        SELECT CASE WHEN c.id NOT IN (SELECT r.category_id FROM renamed_category AS r WHERE r.what = 'unit')
            THEN c.unit ELSE coalesce(
            (SELECT l.unit FROM label_version AS l WHERE l.dataset_id = d.dataset_id AND l.dimension = d.code
                AND l.category = c.code AND (l.published_at, l.seq) <= (v.published_at, v.seq)
                ORDER BY l.published_at DESC, l.seq DESC LIMIT 1),
            (SELECT l.unit FROM label_version AS l WHERE l.dataset_id = d.dataset_id AND l.dimension = d.code
                AND l.category = c.code ORDER BY l.published_at, l.seq LIMIT 1)) END AS unit
        FROM dimension AS d CROSS JOIN series_code AS sc CROSS JOIN category AS c
        WHERE d.dataset_id = series.dataset_id AND sc.series_id = series.id AND sc.dimension_id = d.id
          AND c.id = sc.category_id ORDER BY d.position) WHERE unit <> '' LIMIT 1), '') END AS unit,
    period.text AS period,
    period.first_day AS first_day,
    period.last_day AS last_day,
    o.value AS value,
    o.decimals AS decimals,
    o.value_text AS value_text,
    status.text AS status,
    status.meaning AS meaning,
    o.vintage_id AS vintage_id,
    v.confidence AS confidence,
    v.origin AS origin,
    v.published_at AS published_from,
    (SELECT lv.published_at FROM dataset_band AS b CROSS JOIN observation AS later CROSS JOIN vintage AS lv
        WHERE b.dataset_id = series.dataset_id AND later.band = b.band AND later.series_id = o.series_id
          AND later.period_id = o.period_id AND lv.id = later.vintage_id
          AND (lv.published_at, lv.seq) > (v.published_at, v.seq)
        ORDER BY lv.published_at, lv.seq LIMIT 1) AS published_to,
    v.observed_at AS known_from,
    (SELECT max(v.observed_at, min(lv.observed_at))
        FROM dataset_band AS b CROSS JOIN observation AS later CROSS JOIN vintage AS lv
        WHERE b.dataset_id = series.dataset_id AND later.band = b.band AND later.series_id = o.series_id
          AND later.period_id = o.period_id AND lv.id = later.vintage_id
          AND (lv.published_at, lv.seq) > (v.published_at, v.seq)) AS known_to
FROM observation AS o
JOIN vintage AS v ON v.id = o.vintage_id
JOIN series ON series.id = o.series_id
JOIN dataset ON dataset.id = series.dataset_id
JOIN period ON period.id = o.period_id
JOIN status ON status.id = o.status_id;

-- There are few bands, each with many rows: so told, SQLite looks a series up in each of them rather than read one whole.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('observation', 'observation', '30000000 10000000 300 12 1');

-- A run that nothing refers to may go; what a run was given goes with it, never that of a release.
DROP TRIGGER run_payload_no_delete;
CREATE TRIGGER run_payload_no_delete BEFORE DELETE ON run_payload
WHEN EXISTS (SELECT 1 FROM vintage AS v WHERE v.run_id = OLD.run_id)
  OR EXISTS (SELECT 1 FROM confirmation AS c WHERE c.run_id = OLD.run_id)
BEGIN SELECT RAISE(ABORT, 'payloads of a run that made a release are append-only'); END;
DROP TRIGGER payload_no_delete;
CREATE TRIGGER payload_no_delete BEFORE DELETE ON payload
WHEN EXISTS (SELECT 1 FROM vintage AS v WHERE v.payload_hash = OLD.hash)
  OR EXISTS (SELECT 1 FROM confirmation AS c WHERE c.payload_hash = OLD.hash)
  OR EXISTS (SELECT 1 FROM signed_rendering AS s WHERE s.payload_hash = OLD.hash)
BEGIN SELECT RAISE(ABORT, 'payloads of releases and signed reports are append-only'); END;
CREATE INDEX vintage_payload ON vintage (payload_hash);
CREATE INDEX confirmation_payload ON confirmation (payload_hash);
CREATE INDEX held_withdrawal_payload ON held_withdrawal (payload_hash);
CREATE INDEX signed_rendering_payload ON signed_rendering (payload_hash);
CREATE INDEX vintage_run ON vintage (run_id);
CREATE INDEX confirmation_run ON confirmation (run_id);
CREATE INDEX held_withdrawal_run ON held_withdrawal (run_id);
CREATE INDEX dataset_schema_run ON dataset_schema (run_id);
CREATE INDEX drift_run ON drift (run_id);
CREATE INDEX quarantine_run ON quarantine (run_id);
CREATE INDEX quarantine_payload ON quarantine (payload_hash);

-- Job by job from the end of its runs, however many there are.
DROP VIEW source_health;
CREATE VIEW source_health AS
WITH RECURSIVE job_with_runs (job) AS (
    SELECT min(job) FROM run
    UNION ALL
    SELECT (SELECT min(r.job) FROM run AS r WHERE r.job > j.job) FROM job_with_runs AS j WHERE j.job IS NOT NULL)
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
        (SELECT g.id FROM run AS g WHERE g.job = last.job AND g.outcome NOT IN ('running', 'failed', 'stopped')
            ORDER BY g.id DESC LIMIT 1), 0)
    ) AS failures_in_row
FROM job_with_runs AS j JOIN run AS last ON last.id = (SELECT max(r.id) FROM run AS r WHERE r.job = j.job);

PRAGMA legacy_alter_table = OFF;
