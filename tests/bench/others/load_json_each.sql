-- What someone at home in SQLite would write; load_json_each.sh sets :file.
CREATE TEMP TABLE payload AS SELECT CAST(readfile(:file) AS TEXT) AS json;
CREATE TEMP TABLE dimension AS
SELECT id.key AS position, id.value AS name, size.value AS size
FROM payload, json_each(payload.json, '$.id') AS id JOIN json_each(payload.json, '$.size') AS size ON size.key = id.key;
CREATE TEMP TABLE category (dimension TEXT, position INTEGER, code TEXT, PRIMARY KEY (dimension, position));
INSERT INTO category
SELECT dimension.name, indexed.value, indexed.key
FROM payload, dimension, json_each(payload.json, '$.dimension.' || dimension.name || '.category.index') AS indexed;
CREATE TEMP TABLE status (cell INTEGER PRIMARY KEY, symbol TEXT);
INSERT INTO status SELECT CAST(key AS INTEGER), value FROM payload, json_each(payload.json, '$.status');

CREATE TEMP TABLE size AS
SELECT max(size) FILTER (WHERE position = 1) AS contents, max(size) FILTER (WHERE position = 2) AS ages,
    max(size) FILTER (WHERE position = 3) AS years
FROM dimension;

-- CROSS JOIN: in this order. Left to itself SQLite reads the whole array again for each category.
CREATE TABLE observation AS
SELECT region.code AS region, contents.code AS contents, age.code AS age, year.code AS year, cell.value AS value,
    status.symbol AS status
FROM payload CROSS JOIN size CROSS JOIN json_each(payload.json, '$.value') AS cell
CROSS JOIN category AS region
    ON region.dimension = 'Region' AND region.position = cell.key / (size.years * size.ages * size.contents)
CROSS JOIN category AS contents
    ON contents.dimension = 'ContentsCode' AND contents.position = cell.key / (size.years * size.ages) % size.contents
CROSS JOIN category AS age ON age.dimension = 'Alder' AND age.position = cell.key / size.years % size.ages
CROSS JOIN category AS year ON year.dimension = 'Tid' AND year.position = cell.key % size.years
LEFT JOIN status ON status.cell = cell.key;
SELECT count(*) || ' rows with sqlite3 ' || sqlite_version() FROM observation;
