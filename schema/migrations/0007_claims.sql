-- What a source claimed apart from where a release is placed, the order of arrival within a dataset, words as versions,
-- ids of periods and symbols that follow from their text, and what a release covered under its dataset.
-- The program has put into temporary tables what SQL cannot compute (src/store/renumbering.cpp):
-- new_period (old, id), new_status (old, id), new_coverage (old, dataset_id, id, hash, periods, absent).

PRAGMA legacy_alter_table = ON; -- views and foreign keys go on naming the tables that are made anew here

UPDATE period SET id = -id; -- a new id may be an old one of another
UPDATE period SET id = (SELECT n.id FROM new_period AS n WHERE n.old = -period.id);
UPDATE status SET id = -id WHERE id <> 0;
UPDATE status SET id = (SELECT n.id FROM new_status AS n WHERE n.old = -status.id) WHERE id <> 0;

CREATE TABLE new_observation (
    series_id INTEGER NOT NULL,
    period_id INTEGER NOT NULL,
    vintage_id INTEGER NOT NULL,
    value REAL,
    decimals INTEGER NOT NULL,
    value_text TEXT,
    status_id INTEGER NOT NULL,
    PRIMARY KEY (series_id, period_id, vintage_id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_observation
SELECT o.series_id, coalesce(p.id, o.period_id) AS period_id, o.vintage_id, o.value, o.decimals, o.value_text,
    coalesce(s.id, o.status_id)
FROM observation AS o LEFT JOIN new_period AS p ON p.old = o.period_id LEFT JOIN new_status AS s ON s.old = o.status_id
ORDER BY 1, 2, 3;
DROP TABLE observation;
ALTER TABLE new_observation RENAME TO observation;
CREATE TRIGGER observation_no_update BEFORE UPDATE ON observation
BEGIN SELECT RAISE(ABORT, 'observations are append-only: a changed number is a new row'); END;
CREATE TRIGGER observation_no_delete BEFORE DELETE ON observation
BEGIN SELECT RAISE(ABORT, 'observations are append-only: they are never deleted'); END;

DELETE FROM series_state; -- a cache with the old ids; it fills again

DROP TRIGGER indicator_value_no_update;
UPDATE indicator_value SET period_id = (SELECT n.id FROM new_period AS n WHERE n.old = period_id),
    status_id = (SELECT n.id FROM new_status AS n WHERE n.old = status_id);
CREATE TRIGGER indicator_value_no_update BEFORE UPDATE ON indicator_value
BEGIN SELECT RAISE(ABORT, 'indicator values are append-only'); END;

DROP TRIGGER annotation_no_update;
DROP TRIGGER annotation_withdrawn_once;
UPDATE annotation SET period_id = (SELECT n.id FROM new_period AS n WHERE n.old = period_id)
WHERE period_id IS NOT NULL;
CREATE TRIGGER annotation_no_update BEFORE UPDATE OF id, kind, dataset_id, series_id, period_id, vintage_id, text,
    actor, at ON annotation
BEGIN SELECT RAISE(ABORT, 'annotations are append-only: one is withdrawn, and another made'); END;
CREATE TRIGGER annotation_withdrawn_once BEFORE UPDATE ON annotation WHEN OLD.withdrawn_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'annotations are append-only: one that is withdrawn stays so'); END;

DROP TRIGGER correction_no_update;
DROP TRIGGER correction_ended_once;
UPDATE correction SET period_id = (SELECT n.id FROM new_period AS n WHERE n.old = period_id);
CREATE TRIGGER correction_no_update BEFORE UPDATE OF id, series_id, period_id, expected, expected_decimals,
    expected_text, corrected, corrected_decimals, corrected_text, reason, actor, at ON correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: one is ended, and another made'); END;
CREATE TRIGGER correction_ended_once BEFORE UPDATE ON correction WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: one that has ended stays so'); END;

-- numbered_hash is what the hash was while periods were numbered: the links of the chain made then have it.
ALTER TABLE coverage RENAME TO old_coverage;
CREATE TABLE coverage (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    hash TEXT NOT NULL,
    series TEXT NOT NULL,
    periods TEXT NOT NULL,
    absent BLOB,
    numbered_hash TEXT,
    UNIQUE (dataset_id, hash)
) STRICT;
INSERT INTO coverage
SELECT n.id, n.dataset_id, n.hash, o.series, n.periods, n.absent, o.hash
FROM new_coverage AS n JOIN old_coverage AS o ON o.id = n.old;
DROP TABLE old_coverage;
CREATE TRIGGER coverage_no_update BEFORE UPDATE ON coverage
BEGIN SELECT RAISE(ABORT, 'what a release stated stays: coverage is append-only'); END;
CREATE TRIGGER coverage_no_delete BEFORE DELETE ON coverage
BEGIN SELECT RAISE(ABORT, 'what a release stated stays: coverage is append-only'); END;

-- Until now ids of releases rose as they arrived. What a source claimed is not known apart from where the release was
-- placed, and they were the same; where nothing was claimed it was the time of arrival.
CREATE TEMP TABLE arrival (id INTEGER PRIMARY KEY, dataset_id INTEGER NOT NULL, seq INTEGER NOT NULL);
INSERT INTO arrival
SELECT id, dataset_id, row_number() OVER (PARTITION BY dataset_id ORDER BY id)
FROM (SELECT id, dataset_id FROM vintage
      UNION SELECT c.id, v.dataset_id FROM confirmation AS c JOIN vintage AS v ON v.id = c.vintage_id);

ALTER TABLE vintage RENAME TO old_vintage;
CREATE TABLE vintage (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    seq INTEGER NOT NULL,
    claimed_at TEXT,
    claimed_field TEXT NOT NULL,
    published_at TEXT NOT NULL,
    published_field TEXT NOT NULL,
    confidence TEXT NOT NULL CHECK (confidence IN ('stated', 'modified', 'day', 'month', 'arrival')),
    observed_at TEXT NOT NULL,
    last_confirmed_at TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('harvest', 'drop', 'import', 'replay')),
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    content_hash TEXT NOT NULL,
    value_hash TEXT NOT NULL,
    coverage TEXT NOT NULL CHECK (coverage IN ('partial', 'complete_selection', 'full_history')),
    coverage_id INTEGER NOT NULL REFERENCES coverage (id),
    run_id INTEGER REFERENCES run (id),
    cells INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    ingest_id INTEGER NOT NULL,
    UNIQUE (dataset_id, seq)
) STRICT;
INSERT INTO vintage
SELECT v.id, v.dataset_id, a.seq,
    CASE WHEN v.confidence <> 'arrival' THEN v.published_at END,
    CASE WHEN v.confidence <> 'arrival' THEN v.published_field ELSE '' END,
    v.published_at, v.published_field, v.confidence, v.observed_at, v.last_confirmed_at, v.origin, v.payload_hash,
    v.content_hash, v.value_hash,
    CASE v.coverage WHEN 'complete' THEN 'complete_selection' WHEN 'whole' THEN 'full_history' ELSE v.coverage END,
    n.id, v.run_id, v.cells, v.rows, v.revised, v.withdrawn, v.ingest_id
FROM old_vintage AS v JOIN arrival AS a ON a.id = v.id
LEFT JOIN new_coverage AS n ON n.old = v.coverage_id AND n.dataset_id = v.dataset_id;
DROP TABLE old_vintage;
CREATE INDEX vintage_dataset ON vintage (dataset_id, published_at, seq);
CREATE TRIGGER vintage_no_update BEFORE UPDATE OF id, dataset_id, seq, claimed_at, claimed_field, published_at,
    published_field, confidence, observed_at, origin, payload_hash, content_hash, value_hash, coverage, coverage_id,
    run_id, cells, rows, revised, withdrawn ON vintage
BEGIN SELECT RAISE(ABORT, 'vintages are append-only: only last_confirmed_at moves'); END;
CREATE TRIGGER vintage_no_delete BEFORE DELETE ON vintage
BEGIN SELECT RAISE(ABORT, 'vintages are append-only: they are never deleted'); END;

ALTER TABLE confirmation RENAME TO old_confirmation;
DROP INDEX confirmation_vintage;
CREATE TABLE confirmation (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    vintage_id INTEGER NOT NULL REFERENCES vintage (id),
    seq INTEGER NOT NULL,
    claimed_at TEXT,
    claimed_field TEXT NOT NULL,
    published_at TEXT NOT NULL,
    published_field TEXT NOT NULL,
    confidence TEXT NOT NULL CHECK (confidence IN ('stated', 'modified', 'day', 'month', 'arrival')),
    observed_at TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('harvest', 'drop', 'import', 'replay')),
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    content_hash TEXT NOT NULL,
    value_hash TEXT NOT NULL,
    coverage TEXT NOT NULL CHECK (coverage IN ('partial', 'complete_selection', 'full_history')),
    coverage_id INTEGER NOT NULL REFERENCES coverage (id),
    run_id INTEGER REFERENCES run (id),
    cells INTEGER NOT NULL,
    UNIQUE (dataset_id, seq)
) STRICT;
INSERT INTO confirmation
SELECT c.id, a.dataset_id, c.vintage_id, a.seq,
    CASE WHEN c.confidence <> 'arrival' THEN c.published_at END,
    CASE WHEN c.confidence <> 'arrival' THEN c.published_field ELSE '' END,
    c.published_at, c.published_field, c.confidence, c.observed_at, c.origin, c.payload_hash, c.content_hash,
    c.value_hash,
    CASE c.coverage WHEN 'complete' THEN 'complete_selection' WHEN 'whole' THEN 'full_history' ELSE c.coverage END,
    n.id, c.run_id, c.cells
FROM old_confirmation AS c JOIN arrival AS a ON a.id = c.id
LEFT JOIN new_coverage AS n ON n.old = c.coverage_id AND n.dataset_id = a.dataset_id;
DROP TABLE old_confirmation;
CREATE INDEX confirmation_vintage ON confirmation (vintage_id, published_at);
CREATE TRIGGER confirmation_no_update BEFORE UPDATE ON confirmation
BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
CREATE TRIGGER confirmation_no_delete BEFORE DELETE ON confirmation
BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;

-- Links that were made stay as they are, in the form they were made in; every vintage is given one of today's form.
ALTER TABLE chain RENAME TO old_chain;
CREATE TABLE chain (
    position INTEGER PRIMARY KEY,
    vintage_id INTEGER NOT NULL REFERENCES vintage (id),
    form INTEGER NOT NULL CHECK (form IN (1, 2)),
    sealed TEXT NOT NULL CHECK (sealed IN ('accept', 'upgrade')),
    hash TEXT NOT NULL,
    UNIQUE (vintage_id, form)
) STRICT;
INSERT INTO chain SELECT position, vintage_id, 1, sealed, hash FROM old_chain;
DROP TABLE old_chain;
CREATE TRIGGER chain_no_update BEFORE UPDATE ON chain
BEGIN SELECT RAISE(ABORT, 'the chain over vintages is append-only'); END;
CREATE TRIGGER chain_no_delete BEFORE DELETE ON chain
BEGIN SELECT RAISE(ABORT, 'the chain over vintages is append-only'); END;

-- What releases call things. Of an old store the words now and the changes noted are known: a thing had its first words
-- from the dataset's first release on, and after each change those that stood until the next.
CREATE TABLE label_version (
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    dimension TEXT NOT NULL,
    category TEXT NOT NULL,
    published_at TEXT NOT NULL,
    seq INTEGER NOT NULL,
    release_id INTEGER NOT NULL,
    label TEXT NOT NULL,
    unit TEXT NOT NULL,
    decimals INTEGER,
    notes TEXT NOT NULL,
    ingest_id INTEGER NOT NULL,
    PRIMARY KEY (dataset_id, dimension, category, published_at, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX new_metadata_change ON metadata_change (dataset_id, dimension, category, what, id);
CREATE TEMP TABLE thing AS
SELECT id AS dataset_id, '' AS dimension, '' AS category, label, '' AS unit, NULL AS decimals, notes FROM dataset
UNION ALL SELECT dataset_id, code, '', label, '', NULL, '' FROM dimension
UNION ALL SELECT d.dataset_id, d.code, c.code, c.label, c.unit, c.decimals, ''
    FROM category AS c JOIN dimension AS d ON d.id = c.dimension_id;
CREATE TEMP TABLE said AS
SELECT t.*, 0 AS change_id, r.published_at, r.seq, r.id AS release_id
FROM thing AS t JOIN (
    SELECT a.dataset_id, a.seq, a.id, coalesce(v.published_at, c.published_at) AS published_at,
        row_number() OVER (PARTITION BY a.dataset_id ORDER BY coalesce(v.published_at, c.published_at), a.seq) AS place
    FROM arrival AS a LEFT JOIN vintage AS v ON v.id = a.id LEFT JOIN confirmation AS c ON c.id = a.id) AS r
  ON r.dataset_id = t.dataset_id AND r.place = 1
UNION ALL
SELECT t.*, m.change_id, m.published_at, a.seq, m.release_id
FROM thing AS t JOIN (
    SELECT dataset_id, dimension, category, release_id, published_at, max(id) AS change_id FROM metadata_change
    WHERE what IN ('label', 'unit', 'decimals', 'notes')
    GROUP BY dataset_id, dimension, category, release_id, published_at) AS m
  ON m.dataset_id = t.dataset_id AND m.dimension = t.dimension AND m.category = t.category
JOIN arrival AS a ON a.id = m.release_id;
INSERT INTO label_version
SELECT s.dataset_id, s.dimension, s.category, s.published_at, s.seq, s.release_id,
    coalesce((SELECT m.old FROM metadata_change AS m WHERE m.dataset_id = s.dataset_id AND m.dimension = s.dimension
        AND m.category = s.category AND m.what = 'label' AND m.id > s.change_id ORDER BY m.id LIMIT 1), s.label),
    coalesce((SELECT m.old FROM metadata_change AS m WHERE m.dataset_id = s.dataset_id AND m.dimension = s.dimension
        AND m.category = s.category AND m.what = 'unit' AND m.id > s.change_id ORDER BY m.id LIMIT 1), s.unit),
    CAST(nullif(coalesce((SELECT m.old FROM metadata_change AS m WHERE m.dataset_id = s.dataset_id
        AND m.dimension = s.dimension AND m.category = s.category AND m.what = 'decimals' AND m.id > s.change_id
        ORDER BY m.id LIMIT 1), s.decimals), '') AS INTEGER),
    coalesce((SELECT m.old FROM metadata_change AS m WHERE m.dataset_id = s.dataset_id AND m.dimension = s.dimension
        AND m.category = s.category AND m.what = 'notes' AND m.id > s.change_id ORDER BY m.id LIMIT 1), s.notes),
    coalesce((SELECT m.ingest_id FROM metadata_change AS m WHERE m.id = s.change_id),
        (SELECT v.ingest_id FROM vintage AS v WHERE v.id = s.release_id), 0)
FROM said AS s;
DROP INDEX new_metadata_change;
CREATE TRIGGER label_version_no_update BEFORE UPDATE ON label_version
BEGIN SELECT RAISE(ABORT, 'what a release said stays: label_version is append-only'); END;
CREATE TRIGGER label_version_no_delete BEFORE DELETE ON label_version
BEGIN SELECT RAISE(ABORT, 'what a release said stays: label_version is append-only'); END;

DROP TABLE temp.new_period;
DROP TABLE temp.new_status;
DROP TABLE temp.new_coverage;
DROP TABLE temp.arrival;
DROP TABLE temp.thing;
DROP TABLE temp.said;

-- Of two releases the later in (published_at, seq) has the word.
DROP VIEW current_observation;
CREATE VIEW current_observation AS
SELECT
    series.dataset AS dataset,
    o.series_id AS series_id,
    series.codes AS codes,
    series.label AS label,
    series.unit AS unit,
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
JOIN series_name AS series ON series.series_id = o.series_id
JOIN period ON period.id = o.period_id
JOIN status ON status.id = o.status_id
WHERE NOT EXISTS (
    SELECT 1 FROM observation AS later JOIN vintage AS lv ON lv.id = later.vintage_id
    WHERE later.series_id = o.series_id AND later.period_id = o.period_id
      AND (lv.published_at, lv.seq) > (v.published_at, v.seq));

DROP VIEW observation_history;
CREATE VIEW observation_history AS
SELECT
    series.dataset AS dataset,
    o.series_id AS series_id,
    series.codes AS codes,
    series.label AS label,
    series.unit AS unit,
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
    (SELECT lv.published_at FROM observation AS later JOIN vintage AS lv ON lv.id = later.vintage_id
        WHERE later.series_id = o.series_id AND later.period_id = o.period_id
          AND (lv.published_at, lv.seq) > (v.published_at, v.seq)
        ORDER BY lv.published_at, lv.seq LIMIT 1) AS published_to,
    v.observed_at AS known_from,
    (SELECT max(v.observed_at, min(lv.observed_at)) FROM observation AS later
        JOIN vintage AS lv ON lv.id = later.vintage_id
        WHERE later.series_id = o.series_id AND later.period_id = o.period_id
          AND (lv.published_at, lv.seq) > (v.published_at, v.seq)) AS known_to
FROM observation AS o
JOIN vintage AS v ON v.id = o.vintage_id
JOIN series_name AS series ON series.series_id = o.series_id
JOIN period ON period.id = o.period_id
JOIN status ON status.id = o.status_id;

PRAGMA legacy_alter_table = OFF;
