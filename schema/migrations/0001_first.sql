-- The first schema. Every table, view and column is explained in schema/README.md.
-- Instants are texts like 2019-11-01T07:00:00Z; they sort as they are.

CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE dataset (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    name TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    time_dimension TEXT NOT NULL,
    notes TEXT NOT NULL
) STRICT;

CREATE TABLE dimension (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('none', 'time', 'geo', 'metric')),
    position INTEGER NOT NULL,
    UNIQUE (dataset_id, code)
) STRICT;

CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    dimension_id INTEGER NOT NULL REFERENCES dimension (id),
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    unit TEXT NOT NULL,
    decimals INTEGER,
    UNIQUE (dimension_id, code)
) STRICT;

CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    key TEXT NOT NULL,
    UNIQUE (dataset_id, key)
) STRICT;

CREATE TABLE series_code (
    series_id INTEGER NOT NULL REFERENCES series (id),
    dimension_id INTEGER NOT NULL REFERENCES dimension (id),
    category_id INTEGER NOT NULL REFERENCES category (id),
    PRIMARY KEY (series_id, dimension_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX series_code_category ON series_code (category_id, series_id);

CREATE TABLE period (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    first_day TEXT,
    last_day TEXT
) STRICT;

CREATE TABLE status (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    meaning TEXT NOT NULL,
    UNIQUE (text, meaning)
) STRICT;
INSERT INTO status (id, text, meaning) VALUES (0, '', '');

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    dataset TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('running', 'new vintage', 'nothing new', 'no file', 'failed')),
    message TEXT NOT NULL,
    requests INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    cells INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    suppressed INTEGER NOT NULL,
    vintage_id INTEGER REFERENCES vintage (id)
) STRICT;
CREATE INDEX run_job ON run (job, id);

CREATE TABLE payload (
    hash TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    origin_url TEXT NOT NULL,
    kept_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run_payload (
    run_id INTEGER NOT NULL REFERENCES run (id),
    position INTEGER NOT NULL,
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE coverage (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    series TEXT NOT NULL,
    periods TEXT NOT NULL,
    absent BLOB
) STRICT;

CREATE TABLE vintage (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    published_at TEXT NOT NULL,
    published_field TEXT NOT NULL,
    confidence TEXT NOT NULL CHECK (confidence IN ('stated', 'day', 'month', 'arrival')),
    observed_at TEXT NOT NULL,
    last_confirmed_at TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('harvest', 'drop', 'import', 'replay')),
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    content_hash TEXT NOT NULL,
    value_hash TEXT NOT NULL,
    coverage TEXT NOT NULL CHECK (coverage IN ('partial', 'complete', 'whole')),
    coverage_id INTEGER NOT NULL REFERENCES coverage (id),
    run_id INTEGER REFERENCES run (id),
    cells INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL
) STRICT;
CREATE INDEX vintage_dataset ON vintage (dataset_id, published_at);

CREATE TABLE confirmation (
    id INTEGER PRIMARY KEY,
    vintage_id INTEGER NOT NULL REFERENCES vintage (id),
    published_at TEXT NOT NULL,
    published_field TEXT NOT NULL,
    confidence TEXT NOT NULL CHECK (confidence IN ('stated', 'day', 'month', 'arrival')),
    observed_at TEXT NOT NULL,
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    content_hash TEXT NOT NULL,
    coverage_id INTEGER NOT NULL REFERENCES coverage (id),
    run_id INTEGER REFERENCES run (id),
    UNIQUE (vintage_id, payload_hash, published_at)
) STRICT;

-- No foreign keys here: checking four of them for each of 800 000 rows costs more than writing the rows. The one
-- function that inserts has made or read each of these ids in the same transaction.
CREATE TABLE observation (
    series_id INTEGER NOT NULL,
    period_id INTEGER NOT NULL,
    vintage_id INTEGER NOT NULL,
    value REAL,
    decimals INTEGER NOT NULL,
    value_text TEXT,
    status_id INTEGER NOT NULL,
    PRIMARY KEY (series_id, period_id, vintage_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE connector_state (
    job TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (job, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE catalogue (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    kept_at TEXT NOT NULL,
    current INTEGER NOT NULL
) STRICT;

CREATE TABLE indicator (
    catalogue_id INTEGER NOT NULL REFERENCES catalogue (id),
    number INTEGER NOT NULL,
    label_nb TEXT NOT NULL, label_en TEXT NOT NULL,
    part TEXT NOT NULL,
    type TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit TEXT NOT NULL,
    direction TEXT NOT NULL,
    baseline TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT,
    threshold_share_points TEXT,
    threshold_percent TEXT,
    PRIMARY KEY (catalogue_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE definition (
    catalogue_id INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    definition INTEGER NOT NULL,
    published_from TEXT NOT NULL,
    formula TEXT NOT NULL,
    kind TEXT,
    unit TEXT NOT NULL,
    price_base TEXT NOT NULL,
    comparable_with_previous INTEGER NOT NULL,
    keeps_earlier_values INTEGER NOT NULL,
    reason_nb TEXT NOT NULL, reason_en TEXT NOT NULL,
    breaks TEXT NOT NULL,
    break_reason_nb TEXT NOT NULL, break_reason_en TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, indicator, definition),
    FOREIGN KEY (catalogue_id, indicator) REFERENCES indicator (catalogue_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator_set (
    catalogue_id INTEGER NOT NULL REFERENCES catalogue (id),
    number INTEGER NOT NULL,
    title_nb TEXT NOT NULL, title_en TEXT NOT NULL,
    note_nb TEXT NOT NULL, note_en TEXT NOT NULL,
    published TEXT,
    baseline TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator_set_member (
    catalogue_id INTEGER NOT NULL,
    set_number INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    number_in_set INTEGER NOT NULL,
    report_table TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, set_number, indicator),
    FOREIGN KEY (catalogue_id, set_number) REFERENCES indicator_set (catalogue_id, number),
    FOREIGN KEY (catalogue_id, indicator) REFERENCES indicator (catalogue_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator_value (
    id INTEGER PRIMARY KEY,
    indicator INTEGER NOT NULL,
    definition INTEGER NOT NULL,
    period_id INTEGER NOT NULL REFERENCES period (id),
    value REAL,
    decimals INTEGER NOT NULL,
    value_text TEXT,
    status_id INTEGER NOT NULL REFERENCES status (id),
    vintage_id INTEGER REFERENCES vintage (id),
    published_at TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX indicator_value_newest ON indicator_value (indicator, definition, period_id, id);

CREATE TABLE verdict (
    id INTEGER PRIMARY KEY,
    indicator INTEGER NOT NULL,
    definition INTEGER NOT NULL,
    comparison TEXT NOT NULL CHECK (comparison IN ('previous', 'baseline', 'per year')),
    from_period TEXT NOT NULL,
    to_period TEXT NOT NULL,
    years INTEGER NOT NULL,
    old_value TEXT,
    new_value TEXT,
    vintages TEXT NOT NULL,
    outcome TEXT NOT NULL,
    change TEXT,
    unit TEXT NOT NULL,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    sentence_nb TEXT NOT NULL, sentence_en TEXT NOT NULL,
    catalogue_hash TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX verdict_newest ON verdict (indicator, comparison, from_period, to_period, id);

CREATE TABLE flag (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'closed')),
    key TEXT NOT NULL UNIQUE,
    indicator INTEGER NOT NULL,
    period TEXT NOT NULL,
    inputs TEXT NOT NULL,
    text_nb TEXT NOT NULL, text_en TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    note TEXT NOT NULL,
    person TEXT NOT NULL
) STRICT;

CREATE TABLE flag_event (
    id INTEGER PRIMARY KEY,
    flag_id INTEGER NOT NULL REFERENCES flag (id),
    at TEXT NOT NULL,
    event TEXT NOT NULL,
    state TEXT NOT NULL,
    inputs TEXT NOT NULL,
    text_nb TEXT NOT NULL, text_en TEXT NOT NULL,
    note TEXT NOT NULL,
    person TEXT NOT NULL
) STRICT;
CREATE INDEX flag_event_flag ON flag_event (flag_id, id);

CREATE TABLE annotation (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('revision', 'error correction', 'break', 'note')),
    vintage_id INTEGER REFERENCES vintage (id),
    series_id INTEGER REFERENCES series (id),
    period_id INTEGER REFERENCES period (id),
    text TEXT NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    series_id INTEGER NOT NULL REFERENCES series (id),
    period_id INTEGER NOT NULL REFERENCES period (id),
    expected TEXT NOT NULL,
    corrected TEXT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    ended_at TEXT
) STRICT;

-- What was said stays said.
CREATE TRIGGER observation_no_update BEFORE UPDATE ON observation
BEGIN SELECT RAISE(ABORT, 'observations are append-only: a changed number is a new row'); END;
CREATE TRIGGER observation_no_delete BEFORE DELETE ON observation
BEGIN SELECT RAISE(ABORT, 'observations are append-only: they are never deleted'); END;
CREATE TRIGGER vintage_no_update BEFORE UPDATE OF id, dataset_id, published_at, published_field, confidence,
    observed_at, origin, payload_hash, content_hash, value_hash, coverage, coverage_id, run_id, cells, rows, revised,
    withdrawn ON vintage
BEGIN SELECT RAISE(ABORT, 'vintages are append-only: only last_confirmed_at moves'); END;
CREATE TRIGGER vintage_no_delete BEFORE DELETE ON vintage
BEGIN SELECT RAISE(ABORT, 'vintages are append-only: they are never deleted'); END;
CREATE TRIGGER confirmation_no_update BEFORE UPDATE ON confirmation
BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
CREATE TRIGGER confirmation_no_delete BEFORE DELETE ON confirmation
BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
CREATE TRIGGER coverage_no_update BEFORE UPDATE ON coverage
BEGIN SELECT RAISE(ABORT, 'what a release stated stays: coverage is append-only'); END;
CREATE TRIGGER coverage_no_delete BEFORE DELETE ON coverage
BEGIN SELECT RAISE(ABORT, 'what a release stated stays: coverage is append-only'); END;
CREATE TRIGGER payload_no_update BEFORE UPDATE ON payload
BEGIN SELECT RAISE(ABORT, 'payloads are append-only'); END;
CREATE TRIGGER payload_no_delete BEFORE DELETE ON payload
BEGIN SELECT RAISE(ABORT, 'payloads are append-only'); END;
CREATE TRIGGER run_payload_no_update BEFORE UPDATE ON run_payload
BEGIN SELECT RAISE(ABORT, 'payloads of a run are append-only'); END;
CREATE TRIGGER run_payload_no_delete BEFORE DELETE ON run_payload
BEGIN SELECT RAISE(ABORT, 'payloads of a run are append-only'); END;
CREATE TRIGGER verdict_no_update BEFORE UPDATE ON verdict
BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
CREATE TRIGGER verdict_no_delete BEFORE DELETE ON verdict
BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
CREATE TRIGGER indicator_value_no_update BEFORE UPDATE ON indicator_value
BEGIN SELECT RAISE(ABORT, 'indicator values are append-only'); END;
CREATE TRIGGER indicator_value_no_delete BEFORE DELETE ON indicator_value
BEGIN SELECT RAISE(ABORT, 'indicator values are append-only'); END;

CREATE VIEW current_observation AS
SELECT
    dataset.name AS dataset,
    o.series_id AS series_id,
    (SELECT json_group_object(dimension_code, category_code) FROM (
        SELECT d.code AS dimension_code, c.code AS category_code
        FROM series_code AS sc JOIN dimension AS d ON d.id = sc.dimension_id
        JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = o.series_id ORDER BY d.position)) AS codes,
    (SELECT group_concat(label, ', ') FROM (
        SELECT c.label AS label
        FROM series_code AS sc JOIN dimension AS d ON d.id = sc.dimension_id
        JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = o.series_id ORDER BY d.position)) AS label,
    coalesce((SELECT c.unit FROM series_code AS sc JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = o.series_id AND c.unit <> '' LIMIT 1), '') AS unit,
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
    SELECT 1 FROM observation AS later JOIN vintage AS lv ON lv.id = later.vintage_id
    WHERE later.series_id = o.series_id AND later.period_id = o.period_id
      AND (lv.published_at, lv.id) > (v.published_at, v.id));

CREATE VIEW observation_history AS
SELECT
    dataset.name AS dataset,
    o.series_id AS series_id,
    (SELECT json_group_object(dimension_code, category_code) FROM (
        SELECT d.code AS dimension_code, c.code AS category_code
        FROM series_code AS sc JOIN dimension AS d ON d.id = sc.dimension_id
        JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = o.series_id ORDER BY d.position)) AS codes,
    (SELECT group_concat(label, ', ') FROM (
        SELECT c.label AS label
        FROM series_code AS sc JOIN dimension AS d ON d.id = sc.dimension_id
        JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = o.series_id ORDER BY d.position)) AS label,
    coalesce((SELECT c.unit FROM series_code AS sc JOIN category AS c ON c.id = sc.category_id
        WHERE sc.series_id = o.series_id AND c.unit <> '' LIMIT 1), '') AS unit,
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
JOIN series ON series.id = o.series_id
JOIN dataset ON dataset.id = series.dataset_id
JOIN period ON period.id = o.period_id
JOIN status ON status.id = o.status_id;

CREATE VIEW indicator_history AS
SELECT
    iv.indicator AS indicator,
    iv.definition AS definition,
    coalesce(definition.kind, i.kind) AS kind,
    coalesce(nullif(definition.unit, ''), i.unit) AS unit,
    period.text AS period,
    period.first_day AS first_day,
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
          AND later.id > iv.id ORDER BY later.id LIMIT 1) AS known_to
FROM indicator_value AS iv
JOIN period ON period.id = iv.period_id
JOIN status ON status.id = iv.status_id
LEFT JOIN catalogue AS c ON c.current = 1
LEFT JOIN indicator AS i ON i.catalogue_id = c.id AND i.number = iv.indicator
LEFT JOIN definition ON definition.catalogue_id = c.id AND definition.indicator = iv.indicator
    AND definition.definition = iv.definition;

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
    i.number AS indicator,
    i.label_nb AS label_nb,
    i.label_en AS label_en,
    i.part AS part,
    i.type AS type,
    coalesce(definition.kind, i.kind) AS kind,
    i.direction AS direction,
    coalesce(nullif(definition.unit, ''), i.unit) AS unit,
    member.set_number AS set_number,
    member.number_in_set AS number_in_set,
    member.report_table AS report_table,
    newest.definition AS definition,
    newest.period AS period,
    newest.value AS value,
    newest.decimals AS decimals,
    newest.value_text AS value_text,
    newest.vintage_id AS vintage_id,
    newest.published_at AS published_at,
    verdict.change AS change,
    verdict.unit AS change_unit,
    verdict.outcome AS outcome
FROM member
JOIN indicator AS i ON i.catalogue_id = member.catalogue_id AND i.number = member.indicator
JOIN newest ON newest.indicator = member.indicator AND newest.place = 1
LEFT JOIN definition ON definition.catalogue_id = member.catalogue_id AND definition.indicator = member.indicator
    AND definition.definition = newest.definition
LEFT JOIN verdict ON verdict.id = (SELECT max(t.id) FROM verdict AS t WHERE t.indicator = member.indicator
    AND t.comparison = 'previous' AND t.to_period = newest.period);

CREATE VIEW open_flag AS
SELECT id, kind, state, key, indicator, period, text_nb, text_en, raised_at, changed_at, note, person
FROM flag WHERE state <> 'closed';

CREATE VIEW source_health AS
SELECT
    last.job AS job,
    last.dataset AS dataset,
    last.started_at AS last_started_at,
    last.finished_at AS last_finished_at,
    last.outcome AS last_outcome,
    last.message AS last_message,
    (SELECT r.finished_at FROM run AS r WHERE r.job = last.job AND r.outcome NOT IN ('running', 'failed')
        ORDER BY r.id DESC LIMIT 1) AS last_success_at,
    (SELECT count(*) FROM run AS r WHERE r.job = last.job AND r.outcome = 'failed' AND r.id > coalesce(
        (SELECT max(g.id) FROM run AS g WHERE g.job = last.job AND g.outcome NOT IN ('running', 'failed')), 0)
    ) AS failures_in_row
FROM run AS last
WHERE last.id = (SELECT max(r.id) FROM run AS r WHERE r.job = last.job);
