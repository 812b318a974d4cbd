-- State in columns of its own: what hid under keys with '@' among the connectors' entries.

CREATE TABLE job_state (
    job TEXT PRIMARY KEY,
    input_hash TEXT NOT NULL,
    newest_vintage_id INTEGER REFERENCES vintage (id),
    published_at TEXT,
    announced_at TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO job_state
SELECT jobs.job, coalesce(input.value, ''), vintage.id, published.value, announced.value
FROM (SELECT DISTINCT job FROM connector_state WHERE name LIKE '@%' AND job NOT LIKE '@%') AS jobs
LEFT JOIN connector_state AS input ON input.job = jobs.job AND input.name = '@bytes'
LEFT JOIN connector_state AS made ON made.job = jobs.job AND made.name = '@vintage'
LEFT JOIN vintage ON vintage.id = CAST(made.value AS INTEGER)
LEFT JOIN connector_state AS published ON published.job = jobs.job AND published.name = '@published'
    AND published.value LIKE '____-__-__T__:__:__Z'
LEFT JOIN connector_state AS announced ON announced.job = jobs.job AND announced.name = '@announced'
    AND announced.value LIKE '____-__-__T__:__:__Z';

CREATE TABLE host_pace (
    host TEXT PRIMARY KEY,
    held_until TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE host_call (
    host TEXT NOT NULL REFERENCES host_pace (host),
    position INTEGER NOT NULL,
    called_at TEXT NOT NULL,
    PRIMARY KEY (host, position)
) STRICT, WITHOUT ROWID;
-- The pace was a text of lines "host until call call ...", with "-" for a host that is not held.
CREATE TABLE pace_word (host TEXT, position INTEGER, word TEXT);
INSERT INTO pace_word
WITH RECURSIVE
    line (text, rest) AS (
        SELECT '', value || char(10) FROM connector_state WHERE job = '@pace' AND name = 'calls'
        UNION ALL
        SELECT substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)
        FROM line WHERE rest <> ''),
    word (host, position, text, rest) AS (
        SELECT substr(text, 1, instr(text, ' ') - 1), 0, '', substr(text, instr(text, ' ') + 1) || ' '
        FROM line WHERE instr(text, ' ') > 1
        UNION ALL
        SELECT host, position + 1, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
        FROM word WHERE rest <> '')
SELECT host, position, text FROM word WHERE text LIKE '____-__-__T__:__:__Z';
INSERT INTO host_pace
SELECT host, max(CASE position WHEN 1 THEN word END) FROM pace_word GROUP BY host;
INSERT INTO host_call SELECT host, position - 2, word FROM pace_word WHERE position > 1;
DROP TABLE pace_word;

-- One row: what the last evaluation was made on. An older skurd that did not note what people marked left none, and
-- all is judged anew.
CREATE TABLE evaluation_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    newest_vintage_id INTEGER NOT NULL,
    catalogue_hash TEXT NOT NULL,
    annotations INTEGER NOT NULL,
    annotations_withdrawn INTEGER NOT NULL
) STRICT;
INSERT INTO evaluation_state
SELECT 1, CAST(newest.value AS INTEGER), catalogue.value, CAST(marks.value AS INTEGER),
    CAST(substr(marks.value, instr(marks.value, '/') + 1) AS INTEGER)
FROM connector_state AS marks JOIN connector_state AS newest ON newest.job = marks.job AND newest.name = 'vintage'
JOIN connector_state AS catalogue ON catalogue.job = marks.job AND catalogue.name = 'catalogue'
WHERE marks.job = '@evaluated' AND marks.name = 'marks';

DELETE FROM connector_state WHERE job LIKE '@%' OR name LIKE '@%';
