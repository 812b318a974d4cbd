-- Views that are fast, say all, and have a type on every column. What they would have to find out for every row is noted
-- as it comes: which row came after another, and what things were called when. The program fills these tables after this
-- step (src/store/derived.hpp).

PRAGMA legacy_alter_table = ON;

-- Where the rows of a vintage stand, and which commit last gave it rows: its own, or that of a late release.
ALTER TABLE vintage ADD COLUMN band INTEGER NOT NULL DEFAULT 0;
ALTER TABLE vintage ADD COLUMN last_ingest_id INTEGER NOT NULL DEFAULT 0;
UPDATE vintage SET last_ingest_id = ingest_id, band = coalesce((SELECT max(b.band) FROM dataset_band AS b
    WHERE b.dataset_id = vintage.dataset_id AND b.first_release <= vintage.id), 0);
CREATE TRIGGER vintage_band_no_update BEFORE UPDATE OF band ON vintage
BEGIN SELECT RAISE(ABORT, 'rows stand where they were written: bands are append-only'); END;
CREATE INDEX vintage_published ON vintage (published_at);
CREATE INDEX vintage_last_ingest ON vintage (last_ingest_id);

-- A row for each row of observation that another of the same cell comes after, under the same key.
CREATE TABLE superseded (
    band INTEGER NOT NULL,
    series_id INTEGER NOT NULL,
    period_id INTEGER NOT NULL,
    vintage_id INTEGER NOT NULL,
    next_vintage INTEGER NOT NULL,
    known_vintage INTEGER,
    PRIMARY KEY (band, series_id, period_id, vintage_id)
) STRICT, WITHOUT ROWID;

-- What things are called, from one place in the order of releases to the next: '' is before all, '9999' after all.
CREATE TABLE category_words (
    category_id INTEGER NOT NULL REFERENCES category (id),
    from_at TEXT NOT NULL,
    from_seq INTEGER NOT NULL,
    to_at TEXT NOT NULL,
    to_seq INTEGER NOT NULL,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    dimension_id INTEGER NOT NULL REFERENCES dimension (id),
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    unit TEXT NOT NULL,
    decimals INTEGER,
    valid_from TEXT,
    valid_to TEXT,
    PRIMARY KEY (category_id, from_at, from_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX category_words_dataset ON category_words (dataset_id, dimension_id);
CREATE TABLE series_words (
    series_id INTEGER NOT NULL,
    from_at TEXT NOT NULL,
    from_seq INTEGER NOT NULL,
    to_at TEXT NOT NULL,
    to_seq INTEGER NOT NULL,
    dataset_id INTEGER NOT NULL,
    codes TEXT NOT NULL,
    label TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (series_id, from_at, from_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX series_words_dataset ON series_words (dataset_id);
DROP TRIGGER label_version_renames;
DROP TABLE renamed_category;

DELETE FROM series_state; -- a cache, which says from now on whose the rows are; it fills again

-- The name of the dataset's own view; NULL where it has none.
ALTER TABLE dataset ADD COLUMN view_name TEXT;

-- Empty. SQLite gives a type to a column of a view that is a column of a table, and to no other; so where one is computed,
-- the view begins with these, and goes on with UNION ALL.
CREATE TABLE column_type (
    integer INTEGER,
    text TEXT,
    real REAL
) STRICT;

CREATE TABLE view_version (
    version INTEGER PRIMARY KEY
) STRICT;
INSERT INTO view_version VALUES (3);
DROP VIEW store_version;
CREATE VIEW store_version AS
SELECT m.version AS store_schema, v.version AS views
FROM view_version AS v LEFT JOIN migration AS m ON m.version = (SELECT max(version) FROM migration);

DROP VIEW corrected_observation;
DROP VIEW current_observation;
-- The '+' keeps SQLite from walking through all vintages of the dataset for each series; bands are told twice so that it
-- can begin with one vintage as well as with a dataset.
CREATE VIEW current_observation AS
SELECT
    d.name AS dataset,
    o.series_id AS series_id,
    n.codes AS codes,
    n.label AS label,
    n.unit AS unit,
    p.text AS period,
    p.first_day AS first_day,
    p.last_day AS last_day,
    o.value AS value,
    o.decimals AS decimals,
    o.value_text AS value_text,
    s.text AS status,
    s.meaning AS meaning,
    o.vintage_id AS vintage_id,
    v.published_at AS published_at,
    v.confidence AS confidence,
    v.observed_at AS observed_at,
    v.last_confirmed_at AS last_confirmed_at,
    v.last_ingest_id AS commit_seq
FROM dataset AS d
JOIN series_words AS n ON n.dataset_id = d.id
JOIN dataset_band AS b ON b.dataset_id = d.id
JOIN observation AS o ON o.band = b.band AND o.series_id = n.series_id
JOIN vintage AS v ON v.id = o.vintage_id AND v.band = b.band AND +v.dataset_id = d.id
    AND (+v.published_at, +v.seq) >= (n.from_at, n.from_seq) AND (+v.published_at, +v.seq) < (n.to_at, n.to_seq)
JOIN period AS p ON p.id = o.period_id
LEFT JOIN status AS s ON s.id = o.status_id
WHERE NOT EXISTS (SELECT 1 FROM superseded AS x WHERE x.band = o.band AND x.series_id = o.series_id
    AND x.period_id = p.id AND x.vintage_id = o.vintage_id);

DROP VIEW observation_history;
CREATE VIEW observation_history AS
SELECT
    d.name AS dataset,
    o.series_id AS series_id,
    n.codes AS codes,
    n.label AS label,
    n.unit AS unit,
    p.text AS period,
    p.first_day AS first_day,
    p.last_day AS last_day,
    o.value AS value,
    o.decimals AS decimals,
    o.value_text AS value_text,
    s.text AS status,
    s.meaning AS meaning,
    o.vintage_id AS vintage_id,
    v.confidence AS confidence,
    v.origin AS origin,
    v.published_at AS published_from,
    next.published_at AS published_to,
    v.observed_at AS known_from,
    known.observed_at AS known_to,
    x.next_vintage AS next_vintage_id,
    v.last_ingest_id AS commit_seq
FROM dataset AS d
JOIN series_words AS n ON n.dataset_id = d.id
JOIN dataset_band AS b ON b.dataset_id = d.id
JOIN observation AS o ON o.band = b.band AND o.series_id = n.series_id
JOIN vintage AS v ON v.id = o.vintage_id AND v.band = b.band AND +v.dataset_id = d.id
    AND (+v.published_at, +v.seq) >= (n.from_at, n.from_seq) AND (+v.published_at, +v.seq) < (n.to_at, n.to_seq)
LEFT JOIN period AS p ON p.id = o.period_id
LEFT JOIN status AS s ON s.id = o.status_id
LEFT JOIN superseded AS x ON x.band = o.band AND x.series_id = o.series_id AND x.period_id = o.period_id
    AND x.vintage_id = o.vintage_id
LEFT JOIN vintage AS next ON next.id = x.next_vintage
LEFT JOIN vintage AS known ON known.id = coalesce(x.known_vintage, x.next_vintage);

DROP VIEW series_name;
CREATE VIEW series_name AS
SELECT n.series_id AS series_id, d.name AS dataset, n.codes AS codes, n.label AS label, n.unit AS unit
FROM dataset AS d JOIN series_words AS n ON n.dataset_id = d.id WHERE n.to_at = '9999';

CREATE VIEW corrected_observation AS
SELECT
    seen.*,
    correction.id AS correction_id,
    correction.corrected AS corrected,
    correction.corrected_decimals AS corrected_decimals,
    correction.corrected_text AS corrected_text,
    correction.reason AS reason,
    correction.actor AS person
FROM current_observation AS seen
LEFT JOIN correction ON correction.series_id = seen.series_id AND correction.ended_at IS NULL
    AND correction.period_id = (SELECT period.id FROM period WHERE period.text = seen.period)
    AND correction.expected = seen.value
    AND rtrim(rtrim(coalesce(correction.expected_text, ''), '0'), '.')
        = rtrim(rtrim(coalesce(seen.value_text, ''), '0'), '.');

DROP VIEW open_correction;
CREATE VIEW open_correction AS
SELECT
    correction.id AS id,
    n.dataset AS dataset,
    correction.series_id AS series_id,
    n.codes AS codes,
    period.text AS period,
    correction.expected AS expected,
    correction.expected_decimals AS expected_decimals,
    correction.expected_text AS expected_text,
    correction.corrected AS corrected,
    correction.corrected_decimals AS corrected_decimals,
    correction.corrected_text AS corrected_text,
    correction.reason AS reason,
    correction.actor AS person,
    correction.at AS at
FROM correction
JOIN series_name AS n ON n.series_id = correction.series_id
JOIN period ON period.id = correction.period_id
WHERE correction.ended_at IS NULL;

DROP VIEW indicator_history;
CREATE VIEW indicator_history AS
SELECT
    t.integer AS indicator, t.integer AS definition, t.text AS kind, t.text AS unit, t.text AS period, t.text AS first_day,
    t.real AS value, t.integer AS decimals, t.text AS value_text, t.text AS status, t.text AS meaning,
    t.integer AS vintage_id, t.text AS published_at, t.text AS known_from, t.text AS known_to
FROM column_type AS t
UNION ALL
SELECT
    iv.indicator, iv.definition, coalesce(definition.kind, i.kind), coalesce(nullif(definition.unit, ''), i.unit),
    period.text, period.first_day, iv.value, iv.decimals, iv.value_text, status.text, status.meaning, iv.vintage_id,
    iv.published_at, iv.made_at,
    (SELECT later.made_at FROM indicator_value AS later
        WHERE later.indicator = iv.indicator AND later.definition = iv.definition AND later.period_id = iv.period_id
          AND later.id > iv.id ORDER BY later.id LIMIT 1)
FROM indicator_value AS iv
JOIN period ON period.id = iv.period_id
JOIN status ON status.id = iv.status_id
LEFT JOIN catalogue AS c ON c.current = 1
LEFT JOIN indicator AS i ON i.catalogue_id = c.id AND i.number = iv.indicator
LEFT JOIN definition ON definition.catalogue_id = c.id AND definition.indicator = iv.indicator
    AND definition.definition = iv.definition;

DROP VIEW current_indicator;
CREATE VIEW current_indicator AS
WITH member AS (
    SELECT m.catalogue_id, m.set_number, m.indicator, m.number_in_set, m.report_table
    FROM indicator_set_member AS m JOIN catalogue AS c ON c.id = m.catalogue_id AND c.current = 1
    WHERE m.set_number = (SELECT max(s.number) FROM indicator_set AS s WHERE s.catalogue_id = m.catalogue_id)
), newest AS (
    SELECT iv.*, period.text AS period, row_number() OVER (PARTITION BY iv.indicator
        ORDER BY period.first_day DESC, period.last_day DESC, iv.definition DESC) AS place
    FROM indicator_value AS iv JOIN period ON period.id = iv.period_id
    WHERE iv.value IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM indicator_value AS later
        WHERE later.indicator = iv.indicator AND later.definition = iv.definition AND later.period_id = iv.period_id
          AND later.id > iv.id)
)
SELECT
    t.integer AS indicator, t.text AS label_nb, t.text AS label_en, t.text AS part, t.text AS type, t.text AS kind,
    t.text AS direction, t.text AS unit, t.integer AS set_number, t.integer AS number_in_set, t.text AS report_table,
    t.integer AS definition, t.text AS period, t.real AS value, t.integer AS decimals, t.text AS value_text,
    t.integer AS vintage_id, t.text AS published_at, t.text AS change, t.text AS change_unit, t.text AS outcome
FROM column_type AS t
UNION ALL
SELECT
    i.number,
    coalesce(nullif(definition.label_nb, ''), i.label_nb),
    coalesce(nullif(definition.label_en, ''), i.label_en),
    i.part,
    i.type,
    coalesce(definition.kind, i.kind),
    i.direction,
    coalesce(nullif(definition.unit, ''), i.unit),
    member.set_number,
    member.number_in_set,
    member.report_table,
    newest.definition,
    newest.period,
    newest.value,
    newest.decimals,
    newest.value_text,
    newest.vintage_id,
    newest.published_at,
    verdict.change,
    verdict.unit,
    verdict.outcome
FROM member
JOIN indicator AS i ON i.catalogue_id = member.catalogue_id AND i.number = member.indicator
JOIN newest ON newest.indicator = member.indicator AND newest.place = 1
LEFT JOIN definition ON definition.catalogue_id = member.catalogue_id AND definition.indicator = member.indicator
    AND definition.definition = newest.definition
LEFT JOIN verdict ON coalesce(definition.judge, '') <> 'nothing' AND verdict.id = (SELECT max(t.id) FROM verdict AS t
    WHERE t.indicator = member.indicator AND t.comparison = 'previous' AND t.to_period = newest.period);

DROP VIEW source_health;
CREATE VIEW source_health AS
WITH RECURSIVE job_with_runs (job) AS (
    SELECT min(job) FROM run
    UNION ALL
    SELECT (SELECT min(r.job) FROM run AS r WHERE r.job > j.job) FROM job_with_runs AS j WHERE j.job IS NOT NULL)
SELECT
    t.text AS job, t.text AS dataset, t.text AS last_started_at, t.text AS last_finished_at, t.text AS last_outcome,
    t.text AS last_message, t.text AS last_success_at, t.integer AS failures_in_row
FROM column_type AS t
UNION ALL
SELECT
    last.job, last.dataset, last.started_at, last.finished_at, last.outcome, last.message,
    (SELECT r.finished_at FROM run AS r WHERE r.job = last.job AND r.outcome NOT IN ('running', 'failed', 'stopped')
        ORDER BY r.id DESC LIMIT 1),
    (SELECT count(*) FROM run AS r WHERE r.job = last.job AND r.outcome = 'failed' AND r.id > coalesce(
        (SELECT g.id FROM run AS g WHERE g.job = last.job AND g.outcome NOT IN ('running', 'failed', 'stopped')
            ORDER BY g.id DESC LIMIT 1), 0))
FROM job_with_runs AS j JOIN run AS last ON last.id = (SELECT max(r.id) FROM run AS r WHERE r.job = j.job);

CREATE VIEW datasets AS
SELECT
    d.name AS dataset,
    source.name AS source,
    d.label AS label,
    d.time_dimension AS time_dimension,
    d.notes AS notes,
    d.view_name AS view,
    newest.id AS newest_vintage_id,
    newest.published_at AS newest_published_at,
    (SELECT v.last_confirmed_at FROM vintage AS v WHERE v.dataset_id = d.id
        ORDER BY v.last_confirmed_at DESC LIMIT 1) AS last_confirmed_at,
    (SELECT v.last_ingest_id FROM vintage AS v WHERE v.dataset_id = d.id
        ORDER BY v.last_ingest_id DESC LIMIT 1) AS commit_seq
FROM dataset AS d
JOIN source ON source.id = d.source_id
LEFT JOIN vintage AS newest ON newest.id = (SELECT v.id FROM vintage AS v WHERE v.dataset_id = d.id
    ORDER BY v.published_at DESC, v.seq DESC LIMIT 1);

CREATE VIEW dimensions AS
SELECT
    dataset.name AS dataset,
    d.code AS dimension,
    d.label AS label,
    d.role AS role,
    d.position AS position
FROM dataset JOIN dimension AS d ON d.dataset_id = dataset.id;

CREATE VIEW codes AS
SELECT
    dataset.name AS dataset,
    d.code AS dimension,
    w.code AS code,
    w.label AS label,
    w.unit AS unit,
    w.decimals AS decimals,
    w.valid_from AS valid_from,
    w.valid_to AS valid_to
FROM dataset JOIN dimension AS d ON d.dataset_id = dataset.id
JOIN category_words AS w ON w.dataset_id = dataset.id AND w.dimension_id = d.id;

CREATE VIEW releases AS
SELECT
    t.integer AS release_id, t.text AS dataset, t.text AS source, t.text AS kind, t.integer AS vintage_id,
    t.integer AS seq, t.text AS claimed_at, t.text AS claimed_field, t.text AS published_at, t.text AS published_field,
    t.text AS confidence, t.text AS observed_at, t.text AS last_confirmed_at, t.text AS origin, t.text AS url,
    t.text AS media_type, t.integer AS bytes, t.text AS payload_hash, t.text AS content_hash, t.text AS value_hash,
    t.text AS coverage, t.integer AS run_id, t.integer AS cells, t.integer AS rows, t.integer AS revised,
    t.integer AS withdrawn, t.integer AS commit_seq
FROM column_type AS t
UNION ALL
SELECT v.id, d.name, source.name, 'vintage', v.id, v.seq, v.claimed_at, v.claimed_field, v.published_at,
    v.published_field, v.confidence, v.observed_at, v.last_confirmed_at, v.origin, payload.origin_url,
    payload.media_type, payload.size, v.payload_hash, v.content_hash, v.value_hash, v.coverage, v.run_id, v.cells,
    v.rows, v.revised, v.withdrawn, v.last_ingest_id
FROM vintage AS v JOIN dataset AS d ON d.id = v.dataset_id JOIN source ON source.id = d.source_id
LEFT JOIN payload ON payload.hash = v.payload_hash
UNION ALL
SELECT c.id, d.name, source.name, 'confirmation', c.vintage_id, c.seq, c.claimed_at, c.claimed_field, c.published_at,
    c.published_field, c.confidence, c.observed_at, c.observed_at, c.origin, payload.origin_url, payload.media_type,
    payload.size, c.payload_hash, c.content_hash, c.value_hash, c.coverage, c.run_id, c.cells, 0, 0, 0, NULL
FROM confirmation AS c JOIN dataset AS d ON d.id = c.dataset_id JOIN source ON source.id = d.source_id
LEFT JOIN payload ON payload.hash = c.payload_hash
WHERE c.id NOT IN (SELECT v.id FROM vintage AS v WHERE v.id = c.id);

CREATE VIEW indicators AS
SELECT
    i.number AS indicator,
    i.label_nb AS label_nb,
    i.label_en AS label_en,
    i.part AS part,
    i.type AS type,
    i.kind AS kind,
    i.unit AS unit,
    i.direction AS direction,
    i.baseline AS baseline,
    i.source AS source,
    i.target AS target,
    i.threshold_share_points AS threshold_share_points,
    i.threshold_percent AS threshold_percent
FROM catalogue AS c JOIN indicator AS i ON i.catalogue_id = c.id WHERE c.current = 1;

CREATE VIEW definitions AS
SELECT
    f.indicator AS indicator,
    f.definition AS definition,
    f.published_from AS published_from,
    f.label_nb AS label_nb,
    f.label_en AS label_en,
    f.formula AS formula,
    f.kind AS kind,
    f.unit AS unit,
    f.price_base AS price_base,
    f.baseline AS baseline,
    f.judge AS judge,
    f.decimals AS decimals,
    f.reads_earlier_values AS reads_earlier_values,
    f.keeps_earlier_values AS keeps_earlier_values,
    f.change AS change,
    f.comparable_with_previous AS comparable_with_previous,
    f.reason_nb AS reason_nb,
    f.reason_en AS reason_en,
    f.breaks AS breaks,
    f.break_reason_nb AS break_reason_nb,
    f.break_reason_en AS break_reason_en,
    f.respondents AS respondents,
    f.population AS population
FROM catalogue AS c JOIN definition AS f ON f.catalogue_id = c.id WHERE c.current = 1;

CREATE VIEW indicator_values AS
SELECT
    iv.id AS id,
    iv.indicator AS indicator,
    iv.definition AS definition,
    period.text AS period,
    period.first_day AS first_day,
    period.last_day AS last_day,
    iv.value AS value,
    iv.decimals AS decimals,
    iv.value_text AS value_text,
    status.text AS status,
    status.meaning AS meaning,
    iv.vintage_id AS vintage_id,
    iv.published_at AS published_at,
    iv.made_at AS known_from,
    (SELECT later.made_at FROM indicator_value AS later
        WHERE later.indicator = iv.indicator AND later.definition = iv.definition AND later.period_id = iv.period_id
          AND later.id > iv.id ORDER BY later.id LIMIT 1) AS known_to,
    iv.ingest_id AS commit_seq
FROM indicator_value AS iv
JOIN period ON period.id = iv.period_id
LEFT JOIN status ON status.id = iv.status_id;

CREATE VIEW verdicts AS
SELECT
    id, indicator, definition, comparison, from_period, to_period, years, old_value, new_value, outcome, change, unit,
    rule, reason, sentence_nb, sentence_en, near_miss_nb, near_miss_en, caveat_nb, caveat_en, margin, within_margin,
    provisional, catalogue_hash, made_at, ingest_id AS commit_seq
FROM verdict;

CREATE VIEW flag_events AS
SELECT
    e.id AS id,
    f.key AS key,
    f.kind AS kind,
    f.indicator AS indicator,
    f.period AS period,
    f.job AS job,
    e.at AS at,
    e.event AS event,
    e.state AS state,
    e.text_nb AS text_nb,
    e.text_en AS text_en,
    e.note AS note,
    e.actor AS person,
    e.ingest_id AS commit_seq
FROM flag_event AS e JOIN flag AS f ON f.id = e.flag_id;

CREATE VIEW signed_reports AS
SELECT
    id, set_number, period, as_of, known_at, name_nb, name_en, signed_at, actor AS person, note, catalogue_hash,
    ingest_id AS commit_seq
FROM sign_off;

CREATE VIEW commits AS
SELECT c.seq AS commit_seq, c.part AS part, c.kind AS kind, d.name AS dataset, c.at AS at
FROM commit_log AS c LEFT JOIN dataset AS d ON d.id = c.dataset_id;

-- What SQLite is told of the sizes, in place of an ANALYZE, which would read everything: few datasets, few bands, many
-- series and rows. Without it, it reads whole bands where it should look series up.
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('observation', 'observation', '100000000 30000000 300 12 1'),
    ('superseded', 'superseded', '30000000 10000000 100 4 1'),
    ('series_words', 'series_words', '500000 1 1 1'),
    ('series_words', 'series_words_dataset', '500000 2500'),
    ('dataset', NULL, '200'),
    ('dataset_band', 'dataset_band', '600 3 1'),
    ('vintage', 'vintage_dataset', '2000 10 1 1');

PRAGMA legacy_alter_table = OFF;
