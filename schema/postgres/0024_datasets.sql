-- Every row below a dataset names it, first in its table's key: so tables can be partitioned, or distributed over
-- several servers, by dataset (deploy/postgres/README.md), and no statement of an ingest, or of reading one dataset,
-- needs more than one part of them. An existing store's large tables are written once more by this.

ALTER TABLE category ADD COLUMN dataset_id BIGINT;
ALTER TABLE series_code ADD COLUMN dataset_id BIGINT;
ALTER TABLE series_state ADD COLUMN dataset_id BIGINT;
ALTER TABLE observation ADD COLUMN dataset_id BIGINT;
ALTER TABLE superseded ADD COLUMN dataset_id BIGINT;
ALTER TABLE chain ADD COLUMN dataset_id BIGINT;
ALTER TABLE correction ADD COLUMN dataset_id BIGINT;

ALTER TABLE observation DISABLE TRIGGER observation_no_update;
ALTER TABLE chain DISABLE TRIGGER chain_no_update;
UPDATE category AS c SET dataset_id = d.dataset_id FROM dimension AS d WHERE d.id = c.dimension_id;
UPDATE series_code AS c SET dataset_id = s.dataset_id FROM series AS s WHERE s.id = c.series_id;
UPDATE series_state AS c SET dataset_id = s.dataset_id FROM series AS s WHERE s.id = c.series_id;
UPDATE observation AS o SET dataset_id = s.dataset_id FROM series AS s WHERE s.id = o.series_id;
UPDATE superseded AS x SET dataset_id = s.dataset_id FROM series AS s WHERE s.id = x.series_id;
UPDATE chain AS c SET dataset_id = v.dataset_id FROM vintage AS v WHERE v.id = c.vintage_id;
UPDATE correction AS k SET dataset_id = s.dataset_id FROM series AS s WHERE s.id = k.series_id;
ALTER TABLE observation ENABLE TRIGGER observation_no_update;
ALTER TABLE chain ENABLE TRIGGER chain_no_update;

-- What belongs to the whole installation cannot point to a vintage by its number alone; `skurd verify` looks there.
ALTER TABLE run DROP CONSTRAINT run_vintage_id_fkey;
ALTER TABLE indicator_value DROP CONSTRAINT indicator_value_vintage_id_fkey;
ALTER TABLE signed_value DROP CONSTRAINT signed_value_vintage_id_fkey;
ALTER TABLE job_state DROP CONSTRAINT job_state_newest_vintage_id_fkey;

ALTER TABLE category DROP CONSTRAINT category_dimension_id_fkey;
ALTER TABLE vintage DROP CONSTRAINT vintage_coverage_id_fkey;
ALTER TABLE confirmation DROP CONSTRAINT confirmation_coverage_id_fkey;
ALTER TABLE confirmation DROP CONSTRAINT confirmation_vintage_id_fkey;
ALTER TABLE chain DROP CONSTRAINT chain_vintage_id_fkey;
ALTER TABLE annotation DROP CONSTRAINT annotation_series_id_fkey;
ALTER TABLE annotation DROP CONSTRAINT annotation_vintage_id_fkey;
ALTER TABLE correction DROP CONSTRAINT correction_series_id_fkey;
ALTER TABLE correction DROP CONSTRAINT correction_ended_vintage_id_fkey;

ALTER TABLE dimension DROP CONSTRAINT dimension_pkey, ADD PRIMARY KEY (dataset_id, id);
ALTER TABLE category DROP CONSTRAINT category_pkey, ADD PRIMARY KEY (dataset_id, id),
    DROP CONSTRAINT category_dimension_id_code_key, ADD UNIQUE (dataset_id, dimension_id, code),
    ADD FOREIGN KEY (dataset_id, dimension_id) REFERENCES dimension (dataset_id, id);
ALTER TABLE series DROP CONSTRAINT series_pkey, ADD PRIMARY KEY (dataset_id, id);
ALTER TABLE series_code DROP CONSTRAINT series_code_pkey, ADD PRIMARY KEY (dataset_id, series_id, dimension_id);
ALTER TABLE series_state DROP CONSTRAINT series_state_pkey, ADD PRIMARY KEY (dataset_id, series_id);
ALTER TABLE observation DROP CONSTRAINT observation_pkey,
    ADD PRIMARY KEY (dataset_id, band, series_id, period_id, vintage_id);
ALTER TABLE superseded DROP CONSTRAINT superseded_pkey,
    ADD PRIMARY KEY (dataset_id, band, series_id, period_id, vintage_id);
ALTER TABLE category_words DROP CONSTRAINT category_words_pkey,
    ADD PRIMARY KEY (dataset_id, category_id, from_at, from_seq);
ALTER TABLE series_words DROP CONSTRAINT series_words_pkey,
    ADD PRIMARY KEY (dataset_id, series_id, from_at, from_seq);
ALTER TABLE coverage DROP CONSTRAINT coverage_pkey, ADD PRIMARY KEY (dataset_id, id);
ALTER TABLE vintage DROP CONSTRAINT vintage_pkey, ADD PRIMARY KEY (dataset_id, id),
    ADD FOREIGN KEY (dataset_id, coverage_id) REFERENCES coverage (dataset_id, id);
ALTER TABLE confirmation DROP CONSTRAINT confirmation_pkey, ADD PRIMARY KEY (dataset_id, id),
    ADD FOREIGN KEY (dataset_id, coverage_id) REFERENCES coverage (dataset_id, id),
    ADD FOREIGN KEY (dataset_id, vintage_id) REFERENCES vintage (dataset_id, id);
ALTER TABLE chain DROP CONSTRAINT chain_pkey, ADD PRIMARY KEY (dataset_id, position),
    DROP CONSTRAINT chain_vintage_id_form_key, ADD UNIQUE (dataset_id, vintage_id, form),
    ADD FOREIGN KEY (dataset_id, vintage_id) REFERENCES vintage (dataset_id, id);
ALTER TABLE metadata_change DROP CONSTRAINT metadata_change_pkey, ADD PRIMARY KEY (dataset_id, id);
ALTER TABLE held_withdrawal DROP CONSTRAINT held_withdrawal_pkey, ADD PRIMARY KEY (dataset_id, id);
ALTER TABLE dataset_schema DROP CONSTRAINT dataset_schema_pkey, ADD PRIMARY KEY (dataset_id, id);
ALTER TABLE drift DROP CONSTRAINT drift_pkey, ADD PRIMARY KEY (dataset_id, id);
ALTER TABLE annotation DROP CONSTRAINT annotation_pkey, ADD PRIMARY KEY (dataset_id, id),
    ADD FOREIGN KEY (dataset_id, series_id) REFERENCES series (dataset_id, id),
    ADD FOREIGN KEY (dataset_id, vintage_id) REFERENCES vintage (dataset_id, id);
ALTER TABLE correction DROP CONSTRAINT correction_pkey, ADD PRIMARY KEY (dataset_id, id),
    ADD FOREIGN KEY (dataset_id) REFERENCES dataset (id),
    ADD FOREIGN KEY (dataset_id, series_id) REFERENCES series (dataset_id, id),
    ADD FOREIGN KEY (dataset_id, ended_vintage_id) REFERENCES vintage (dataset_id, id);

DROP INDEX series_code_category, correction_open, dataset_schema_dataset, drift_dataset, series_words_dataset;
CREATE INDEX series_code_category ON series_code (dataset_id, category_id, series_id);
CREATE UNIQUE INDEX correction_open ON correction (dataset_id, series_id, period_id) WHERE ended_at IS NULL;
DROP TRIGGER correction_no_update ON correction;
CREATE TRIGGER correction_no_update BEFORE UPDATE OF id, dataset_id, series_id, period_id, expected, expected_decimals,
        expected_text, corrected, corrected_decimals, corrected_text, reason, at, ingest_id ON correction
FOR EACH ROW EXECUTE FUNCTION refuse('corrections are append-only: end it and make another');
-- For who knows no more than a number.
CREATE INDEX vintage_id ON vintage (id);
CREATE INDEX annotation_id ON annotation (id);
CREATE INDEX correction_id ON correction (id);
CREATE INDEX series_id ON series (id);

-- Views as they were; whoever names a dataset reads the rows of that alone.

CREATE OR REPLACE VIEW current_observation AS
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
JOIN observation AS o ON o.dataset_id = d.id AND o.band = b.band AND o.series_id = n.series_id
JOIN vintage AS v ON v.id = o.vintage_id AND v.band = b.band AND v.dataset_id = d.id
    AND (v.published_at, v.seq) >= (n.from_at, n.from_seq) AND (v.published_at, v.seq) < (n.to_at, n.to_seq)
JOIN period AS p ON p.id = o.period_id
LEFT JOIN status AS s ON s.id = o.status_id
WHERE NOT EXISTS (SELECT 1 FROM superseded AS x WHERE x.dataset_id = d.id AND x.band = o.band
    AND x.series_id = o.series_id AND x.period_id = p.id AND x.vintage_id = o.vintage_id);

CREATE OR REPLACE VIEW observation_history AS
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
JOIN observation AS o ON o.dataset_id = d.id AND o.band = b.band AND o.series_id = n.series_id
JOIN vintage AS v ON v.id = o.vintage_id AND v.band = b.band AND v.dataset_id = d.id
    AND (v.published_at, v.seq) >= (n.from_at, n.from_seq) AND (v.published_at, v.seq) < (n.to_at, n.to_seq)
LEFT JOIN period AS p ON p.id = o.period_id
LEFT JOIN status AS s ON s.id = o.status_id
LEFT JOIN superseded AS x ON x.dataset_id = d.id AND x.band = o.band AND x.series_id = o.series_id
    AND x.period_id = o.period_id AND x.vintage_id = o.vintage_id
LEFT JOIN vintage AS next ON next.dataset_id = d.id AND next.id = x.next_vintage
LEFT JOIN vintage AS known ON known.dataset_id = d.id AND known.id = coalesce(x.known_vintage, x.next_vintage);

CREATE OR REPLACE VIEW corrected_observation AS
SELECT
    seen.*,
    correction.id AS correction_id,
    correction.corrected AS corrected,
    correction.corrected_decimals AS corrected_decimals,
    correction.corrected_text AS corrected_text,
    correction.reason AS reason,
    correction.actor AS person
FROM current_observation AS seen
LEFT JOIN correction ON correction.dataset_id = (SELECT dataset.id FROM dataset WHERE dataset.name = seen.dataset)
    AND correction.series_id = seen.series_id AND correction.ended_at IS NULL
    AND correction.period_id = (SELECT period.id FROM period WHERE period.text = seen.period)
    AND correction.expected = seen.value
    AND rtrim(rtrim(coalesce(correction.expected_text, ''), '0'), '.')
        = rtrim(rtrim(coalesce(seen.value_text, ''), '0'), '.');

CREATE OR REPLACE VIEW open_correction AS
SELECT
    correction.id AS id,
    dataset.name AS dataset,
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
JOIN dataset ON dataset.id = correction.dataset_id
JOIN series_words AS n ON n.dataset_id = correction.dataset_id AND n.series_id = correction.series_id
    AND n.to_at = '9999'
JOIN period ON period.id = correction.period_id
WHERE correction.ended_at IS NULL;

CREATE OR REPLACE VIEW datasets AS
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
LEFT JOIN vintage AS newest ON newest.dataset_id = d.id
    AND newest.id = (SELECT v.id FROM vintage AS v WHERE v.dataset_id = d.id
    ORDER BY v.published_at DESC, v.seq DESC LIMIT 1);

CREATE OR REPLACE VIEW releases AS
SELECT
    t.integer AS release_id, t.text AS dataset, t.text AS source, t.text AS kind, t.integer AS vintage_id,
    t.integer AS seq, t.text AS claimed_at, t.text AS claimed_field, t.text AS published_at, t.text AS
        published_field,
    t.text AS confidence, t.text AS observed_at, t.text AS last_confirmed_at, t.text AS origin, t.text AS url,
    t.text AS media_type, t.integer AS bytes, t.text AS payload_hash, t.text AS content_hash, t.text AS value_hash,
    t.text AS coverage, t.integer AS run_id, t.integer AS cells, t.integer AS rows, t.integer AS revised,
    t.integer AS withdrawn, t.integer AS commit_seq,
    t.text AS source_nb, t.text AS source_en, t.text AS licence_nb, t.text AS licence_en
FROM column_type AS t
UNION ALL
SELECT v.id, d.name, source.name, 'vintage', v.id, v.seq, v.claimed_at, v.claimed_field, v.published_at,
    v.published_field, v.confidence, v.observed_at, v.last_confirmed_at, v.origin, payload.origin_url,
    payload.media_type, payload.size, v.payload_hash, v.content_hash, v.value_hash, v.coverage, v.run_id, v.cells,
    v.rows, v.revised, v.withdrawn, v.last_ingest_id, d.source_nb, d.source_en, d.licence_nb, d.licence_en
FROM vintage AS v JOIN dataset AS d ON d.id = v.dataset_id JOIN source ON source.id = d.source_id
LEFT JOIN payload ON payload.hash = v.payload_hash
UNION ALL
SELECT c.id, d.name, source.name, 'confirmation', c.vintage_id, c.seq, c.claimed_at, c.claimed_field, c.published_at,
    c.published_field, c.confidence, c.observed_at, c.observed_at, c.origin, payload.origin_url, payload.media_type,
    payload.size, c.payload_hash, c.content_hash, c.value_hash, c.coverage, c.run_id, c.cells, 0, 0, 0, NULL,
    d.source_nb, d.source_en, d.licence_nb, d.licence_en
FROM confirmation AS c JOIN dataset AS d ON d.id = c.dataset_id JOIN source ON source.id = d.source_id
LEFT JOIN payload ON payload.hash = c.payload_hash
WHERE c.id NOT IN (SELECT v.id FROM vintage AS v WHERE v.dataset_id = c.dataset_id AND v.id = c.id);

CREATE OR REPLACE VIEW left_out_observations AS
SELECT
    d.name AS dataset,
    l.series_id AS series_id,
    n.codes AS codes,
    p.text AS period,
    l.indicator AS indicator,
    l.definition AS definition,
    f.published_from AS published_from,
    f.reason_nb AS reason_nb,
    f.reason_en AS reason_en
FROM left_out AS l
JOIN series AS s ON s.id = l.series_id
JOIN series_words AS n ON n.dataset_id = s.dataset_id AND n.series_id = s.id AND n.to_at = '9999'
JOIN dataset AS d ON d.id = n.dataset_id
JOIN period AS p ON p.id = l.period_id
LEFT JOIN catalogue AS c ON c.current = 1
LEFT JOIN definition AS f ON f.catalogue_id = c.id AND f.indicator = l.indicator AND f.definition = l.definition;
