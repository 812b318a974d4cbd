-- What people say of numbers. Nothing ever wrote the two tables of the first schema, so they are made anew.
-- An annotation is withdrawn and a correction ended by columns that are set once; nothing is deleted.

DROP TABLE annotation;
DROP TABLE correction;

CREATE TABLE annotation (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('revision', 'error correction', 'break', 'note')),
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    series_id INTEGER REFERENCES series (id),
    period_id INTEGER REFERENCES period (id),
    vintage_id INTEGER REFERENCES vintage (id),
    text TEXT NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    withdrawn_at TEXT,
    withdrawn_why TEXT,
    withdrawn_by TEXT,
    CHECK (period_id IS NOT NULL OR vintage_id IS NOT NULL),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_why IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;
CREATE INDEX annotation_dataset ON annotation (dataset_id);

-- Numbers stand as in observation: a double, its decimals, and the digits where 15 do not suffice.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    series_id INTEGER NOT NULL REFERENCES series (id),
    period_id INTEGER NOT NULL REFERENCES period (id),
    expected REAL NOT NULL,
    expected_decimals INTEGER NOT NULL,
    expected_text TEXT,
    corrected REAL NOT NULL,
    corrected_decimals INTEGER NOT NULL,
    corrected_text TEXT,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    ended_at TEXT,
    ended_why TEXT,
    ended_by TEXT,
    ended_vintage_id INTEGER REFERENCES vintage (id),
    CHECK ((ended_at IS NULL) = (ended_why IS NULL)),
    CHECK (ended_at IS NOT NULL OR (ended_by IS NULL AND ended_vintage_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX correction_open ON correction (series_id, period_id) WHERE ended_at IS NULL;

CREATE TRIGGER annotation_no_update BEFORE UPDATE OF id, kind, dataset_id, series_id, period_id, vintage_id, text,
    person, at ON annotation
BEGIN SELECT RAISE(ABORT, 'annotations are append-only: one is withdrawn, and another made'); END;
CREATE TRIGGER annotation_withdrawn_once BEFORE UPDATE ON annotation WHEN OLD.withdrawn_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'annotations are append-only: one that is withdrawn stays so'); END;
CREATE TRIGGER annotation_no_delete BEFORE DELETE ON annotation
BEGIN SELECT RAISE(ABORT, 'annotations are append-only: they are never deleted'); END;
CREATE TRIGGER correction_no_update BEFORE UPDATE OF id, series_id, period_id, expected, expected_decimals,
    expected_text, corrected, corrected_decimals, corrected_text, reason, person, at ON correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: one is ended, and another made'); END;
CREATE TRIGGER correction_ended_once BEFORE UPDATE ON correction WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: one that has ended stays so'); END;
CREATE TRIGGER correction_no_delete BEFORE DELETE ON correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: they are never deleted'); END;

-- A correction holds for the number it expects, and for no other: between a harvest and its evaluation the source may
-- have changed it already. Doubles of equal decimals are equal; beyond 15 digits the texts decide, zeros at the end
-- apart.
CREATE VIEW corrected_observation AS
SELECT
    seen.*,
    correction.id AS correction_id,
    correction.corrected AS corrected,
    correction.corrected_decimals AS corrected_decimals,
    correction.corrected_text AS corrected_text,
    correction.reason AS reason,
    correction.person AS person
FROM current_observation AS seen
LEFT JOIN correction ON correction.series_id = seen.series_id AND correction.ended_at IS NULL
    AND correction.period_id = (SELECT period.id FROM period WHERE period.text = seen.period)
    AND correction.expected = seen.value
    AND rtrim(rtrim(coalesce(correction.expected_text, ''), '0'), '.')
        = rtrim(rtrim(coalesce(seen.value_text, ''), '0'), '.');

CREATE VIEW open_correction AS
SELECT
    correction.id AS id,
    dataset.name AS dataset,
    correction.series_id AS series_id,
    (SELECT json_group_object(dimension_code, category_code) FROM (
        SELECT d.code AS dimension_code, c.code AS category_code
        FROM series_code AS sc JOIN dimension AS d ON d.id = sc.dimension_id
        JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = correction.series_id ORDER BY d.position)) AS codes,
    period.text AS period,
    correction.expected AS expected,
    correction.expected_decimals AS expected_decimals,
    correction.expected_text AS expected_text,
    correction.corrected AS corrected,
    correction.corrected_decimals AS corrected_decimals,
    correction.corrected_text AS corrected_text,
    correction.reason AS reason,
    correction.person AS person,
    correction.at AS at
FROM correction
JOIN series ON series.id = correction.series_id
JOIN dataset ON dataset.id = series.dataset_id
JOIN period ON period.id = correction.period_id
WHERE correction.ended_at IS NULL;

CREATE VIEW observation_note AS
SELECT
    annotation.id AS id,
    annotation.kind AS kind,
    dataset.name AS dataset,
    annotation.series_id AS series_id,
    period.text AS period,
    annotation.vintage_id AS vintage_id,
    annotation.text AS text,
    annotation.person AS person,
    annotation.at AS at
FROM annotation
JOIN dataset ON dataset.id = annotation.dataset_id
LEFT JOIN period ON period.id = annotation.period_id
WHERE annotation.withdrawn_at IS NULL;
