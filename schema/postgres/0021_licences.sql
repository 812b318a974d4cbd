-- As schema/migrations/0021_licences.sql.

ALTER TABLE dataset ADD COLUMN source_nb TEXT NOT NULL DEFAULT '';
ALTER TABLE dataset ADD COLUMN source_en TEXT NOT NULL DEFAULT '';
ALTER TABLE dataset ADD COLUMN licence_nb TEXT NOT NULL DEFAULT '';
ALTER TABLE dataset ADD COLUMN licence_en TEXT NOT NULL DEFAULT '';

-- What an evaluation writes: by one that wrote less, all is judged anew.
ALTER TABLE evaluation_state ADD COLUMN form BIGINT NOT NULL DEFAULT 1;

-- Derived, by each evaluation. By series first: few have any.
CREATE TABLE left_out (
    series_id BIGINT NOT NULL,
    period_id BIGINT NOT NULL,
    indicator BIGINT NOT NULL,
    definition BIGINT NOT NULL,
    PRIMARY KEY (series_id, period_id, indicator)
);

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
WHERE c.id NOT IN (SELECT v.id FROM vintage AS v WHERE v.id = c.id);

CREATE VIEW left_out_observations AS
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
JOIN series_words AS n ON n.series_id = l.series_id AND n.to_at = '9999'
JOIN dataset AS d ON d.id = n.dataset_id
JOIN period AS p ON p.id = l.period_id
LEFT JOIN catalogue AS c ON c.current = 1
LEFT JOIN definition AS f ON f.catalogue_id = c.id AND f.indicator = l.indicator AND f.definition = l.definition;
