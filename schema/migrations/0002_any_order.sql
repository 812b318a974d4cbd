-- Releases in any order: confirmations that can become vintages, the chain that seals them, what changed in labels,
-- withdrawals that wait for a second look, and payloads that were let go. schema/README.md explains every column.

-- A confirmation draws its id from the same sequence as vintages, so that (published_at, id) orders both, and it can
-- become a vintage under its own id when an older release arrives late. Those of the first schema come after the
-- vintages there were.
DROP TRIGGER confirmation_no_update;
DROP TRIGGER confirmation_no_delete;
ALTER TABLE confirmation RENAME TO confirmation_1;
CREATE TABLE confirmation (
    id INTEGER PRIMARY KEY,
    vintage_id INTEGER NOT NULL REFERENCES vintage (id),
    published_at TEXT NOT NULL,
    published_field TEXT NOT NULL,
    confidence TEXT NOT NULL CHECK (confidence IN ('stated', 'day', 'month', 'arrival')),
    observed_at TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('harvest', 'drop', 'import', 'replay')),
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    content_hash TEXT NOT NULL,
    value_hash TEXT NOT NULL,
    coverage TEXT NOT NULL CHECK (coverage IN ('partial', 'complete', 'whole')),
    coverage_id INTEGER NOT NULL REFERENCES coverage (id),
    run_id INTEGER REFERENCES run (id),
    cells INTEGER NOT NULL
) STRICT;
INSERT INTO confirmation
SELECT (SELECT coalesce(max(id), 0) FROM vintage) + c.id, c.vintage_id, c.published_at, c.published_field, c.confidence,
    c.observed_at, v.origin, c.payload_hash, c.content_hash, iif(c.coverage_id = v.coverage_id, v.value_hash, ''),
    iif(c.coverage_id = v.coverage_id, v.coverage, 'partial'), c.coverage_id, c.run_id, v.cells
FROM confirmation_1 AS c JOIN vintage AS v ON v.id = c.vintage_id;
DROP TABLE confirmation_1;
CREATE INDEX confirmation_vintage ON confirmation (vintage_id, published_at);
CREATE TRIGGER confirmation_no_update BEFORE UPDATE ON confirmation
BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
CREATE TRIGGER confirmation_no_delete BEFORE DELETE ON confirmation
BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;

CREATE TABLE chain (
    position INTEGER PRIMARY KEY,
    vintage_id INTEGER NOT NULL UNIQUE REFERENCES vintage (id),
    sealed TEXT NOT NULL CHECK (sealed IN ('accept', 'upgrade')),
    hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER chain_no_update BEFORE UPDATE ON chain
BEGIN SELECT RAISE(ABORT, 'the chain over vintages is append-only'); END;
CREATE TRIGGER chain_no_delete BEFORE DELETE ON chain
BEGIN SELECT RAISE(ABORT, 'the chain over vintages is append-only'); END;

-- A cache: what the newest vintages say of a series, in one row. Made anew from observation where it is missing.
CREATE TABLE series_state (
    series_id INTEGER PRIMARY KEY,
    cells BLOB NOT NULL
) STRICT;

CREATE TABLE metadata_change (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    release_id INTEGER NOT NULL,
    published_at TEXT NOT NULL,
    observed_at TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('label', 'notes', 'time dimension', 'role', 'unit', 'decimals')),
    dimension TEXT NOT NULL,
    category TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL
) STRICT;
CREATE INDEX metadata_change_dataset ON metadata_change (dataset_id, published_at);
CREATE TRIGGER metadata_change_no_update BEFORE UPDATE ON metadata_change
BEGIN SELECT RAISE(ABORT, 'changes of metadata are append-only'); END;
CREATE TRIGGER metadata_change_no_delete BEFORE DELETE ON metadata_change
BEGIN SELECT RAISE(ABORT, 'changes of metadata are append-only'); END;

CREATE TABLE held_withdrawal (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    cells_hash TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    known INTEGER NOT NULL,
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    run_id INTEGER REFERENCES run (id),
    seen_at TEXT NOT NULL
) STRICT;

CREATE TABLE payload_removal (
    payload_hash TEXT PRIMARY KEY REFERENCES payload (hash),
    reason TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Only a backup has payloads in here; a store has them in files. What reads looks for the file first.
CREATE TABLE payload_file (
    payload_hash TEXT PRIMARY KEY REFERENCES payload (hash),
    frame BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX run_payload_hash ON run_payload (payload_hash);

ALTER TABLE run ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN relabelled INTEGER NOT NULL DEFAULT 0;

-- What a series is called, in one place for the views.
CREATE VIEW series_name AS
SELECT
    series.id AS series_id,
    dataset.name AS dataset,
    (SELECT json_group_object(dimension_code, category_code) FROM (
        SELECT d.code AS dimension_code, c.code AS category_code
        FROM series_code AS sc JOIN dimension AS d ON d.id = sc.dimension_id
        JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = series.id ORDER BY d.position)) AS codes,
    (SELECT group_concat(label, ', ') FROM (
        SELECT c.label AS label
        FROM series_code AS sc JOIN dimension AS d ON d.id = sc.dimension_id
        JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = series.id ORDER BY d.position)) AS label,
    coalesce((SELECT c.unit FROM series_code AS sc JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = series.id AND c.unit <> '' LIMIT 1), '') AS unit
FROM series JOIN dataset ON dataset.id = series.dataset_id;

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
      AND (lv.published_at, lv.id) > (v.published_at, v.id));

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
          AND (lv.published_at, lv.id) > (v.published_at, v.id)
        ORDER BY lv.published_at, lv.id LIMIT 1) AS published_to,
    v.observed_at AS known_from,
    (SELECT max(v.observed_at, min(lv.observed_at)) FROM observation AS later
        JOIN vintage AS lv ON lv.id = later.vintage_id
        WHERE later.series_id = o.series_id AND later.period_id = o.period_id
          AND (lv.published_at, lv.id) > (v.published_at, v.id)) AS known_to
FROM observation AS o
JOIN vintage AS v ON v.id = o.vintage_id
JOIN series_name AS series ON series.series_id = o.series_id
JOIN period ON period.id = o.period_id
JOIN status ON status.id = o.status_id;

CREATE VIEW metadata_history AS
SELECT
    dataset.name AS dataset,
    m.what AS what,
    m.dimension AS dimension,
    m.category AS category,
    m.old AS old,
    m.new AS new,
    m.published_at AS published_at,
    m.observed_at AS observed_at,
    m.release_id AS release_id
FROM metadata_change AS m JOIN dataset ON dataset.id = m.dataset_id;
