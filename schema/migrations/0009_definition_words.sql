-- What an indicator is called, measured from and judged on belongs to a definition. Rows of older catalogues have none
-- of their own: the indicator's stand. A report's day may be known by month, its figures not at all.

ALTER TABLE definition ADD COLUMN label_nb TEXT NOT NULL DEFAULT '';
ALTER TABLE definition ADD COLUMN label_en TEXT NOT NULL DEFAULT '';
ALTER TABLE definition ADD COLUMN baseline TEXT NOT NULL DEFAULT '';
ALTER TABLE definition ADD COLUMN judge TEXT NOT NULL DEFAULT 'change';
ALTER TABLE definition ADD COLUMN population TEXT NOT NULL DEFAULT '';
ALTER TABLE indicator_set ADD COLUMN published_confidence TEXT NOT NULL DEFAULT 'day';
ALTER TABLE indicator_set ADD COLUMN figures TEXT NOT NULL DEFAULT 'known';

CREATE TABLE indicator_set_revised (
    catalogue_id INTEGER NOT NULL,
    set_number INTEGER NOT NULL,
    number_in_set TEXT NOT NULL,
    indicator INTEGER NOT NULL,
    label_nb TEXT NOT NULL, label_en TEXT NOT NULL,
    reason_nb TEXT NOT NULL, reason_en TEXT NOT NULL,
    formula TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, set_number, number_in_set),
    FOREIGN KEY (catalogue_id, set_number) REFERENCES indicator_set (catalogue_id, number)
) STRICT, WITHOUT ROWID;

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
    i.number AS indicator,
    coalesce(nullif(definition.label_nb, ''), i.label_nb) AS label_nb,
    coalesce(nullif(definition.label_en, ''), i.label_en) AS label_en,
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
LEFT JOIN verdict ON coalesce(definition.judge, '') <> 'nothing' AND verdict.id = (SELECT max(t.id) FROM verdict AS t
    WHERE t.indicator = member.indicator AND t.comparison = 'previous' AND t.to_period = newest.period);
