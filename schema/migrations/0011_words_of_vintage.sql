-- The words of a number are those of the vintage that said it. Most datasets never rename anything: which did is noted
-- as the words come, so that the views of the others cost what they did.

CREATE TABLE renamed_category (
    what TEXT NOT NULL CHECK (what IN ('label', 'unit')),
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    category_id INTEGER NOT NULL REFERENCES category (id),
    PRIMARY KEY (what, dataset_id, category_id)
) STRICT, WITHOUT ROWID;
INSERT INTO renamed_category
SELECT w.what, d.dataset_id, c.id FROM label_version AS l
JOIN dimension AS d ON d.dataset_id = l.dataset_id AND d.code = l.dimension
JOIN category AS c ON c.dimension_id = d.id AND c.code = l.category
JOIN (SELECT 'label' AS what UNION ALL SELECT 'unit') AS w
GROUP BY w.what, d.dataset_id, c.id
HAVING count(DISTINCT CASE w.what WHEN 'label' THEN l.label ELSE l.unit END) > 1;
CREATE TRIGGER label_version_renames AFTER INSERT ON label_version WHEN NEW.category <> ''
BEGIN
    INSERT INTO renamed_category
    SELECT w.what, d.dataset_id, c.id
    FROM dimension AS d JOIN category AS c ON c.dimension_id = d.id
    JOIN (SELECT 'label' AS what UNION ALL SELECT 'unit') AS w
    WHERE d.dataset_id = NEW.dataset_id AND d.code = NEW.dimension AND c.code = NEW.category AND EXISTS (
        SELECT 1 FROM label_version AS other WHERE other.dataset_id = NEW.dataset_id
          AND other.dimension = NEW.dimension AND other.category = NEW.category
          AND CASE w.what WHEN 'label' THEN other.label <> NEW.label ELSE other.unit <> NEW.unit END)
    ON CONFLICT DO NOTHING;
END;

DROP VIEW current_observation;
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
    SELECT 1 FROM observation AS later JOIN vintage AS lv ON lv.id = later.vintage_id
    WHERE later.series_id = o.series_id AND later.period_id = o.period_id
      AND (lv.published_at, lv.seq) > (v.published_at, v.seq));

DROP VIEW observation_history;
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
JOIN series ON series.id = o.series_id
JOIN dataset ON dataset.id = series.dataset_id
JOIN period ON period.id = o.period_id
JOIN status ON status.id = o.status_id;

-- The dimensions of a dataset in their order, without sorting them for every row.
CREATE INDEX dimension_position ON dimension (dataset_id, position);
