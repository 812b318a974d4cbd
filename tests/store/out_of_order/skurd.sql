PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
CREATE TABLE catalogue (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    kept_at TEXT NOT NULL,
    current INTEGER NOT NULL
) STRICT;
CREATE TABLE catalogue_file (
    catalogue_id INTEGER NOT NULL REFERENCES catalogue (id),
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    dimension_id INTEGER NOT NULL REFERENCES dimension (id),
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    unit TEXT NOT NULL,
    decimals INTEGER,
    UNIQUE (dimension_id, code)
) STRICT;
INSERT INTO "category" VALUES(1,1,'1','1','',NULL);
INSERT INTO "category" VALUES(2,1,'2','2','',NULL);
INSERT INTO "category" VALUES(3,1,'3','3','',NULL);
INSERT INTO "category" VALUES(4,2,'kr','kr','',NULL);
CREATE TABLE chain (
    position INTEGER PRIMARY KEY,
    vintage_id INTEGER NOT NULL UNIQUE REFERENCES vintage (id),
    sealed TEXT NOT NULL CHECK (sealed IN ('accept', 'upgrade')),
    hash TEXT NOT NULL
) STRICT;
INSERT INTO "chain" VALUES(1,1,'accept','23cef3ad716df7e995019ec96b9605e41671a9411088768a64f887dca98c92d0');
INSERT INTO "chain" VALUES(2,2,'accept','bc7ac8e501500a7102a630a9266492e04f066fba50433aec0c11da8fbca6a2b9');
INSERT INTO "chain" VALUES(3,3,'accept','6163e3e641921bd0bdee642bb8726291f991c8324db6b3c64e17b8c991e8dbb6');
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
INSERT INTO "confirmation" VALUES(4,3,'2020-10-02T00:00:00Z','--published','day','2026-11-27T19:14:47Z','drop','4266be303d5b57a6a8d2d9a1086032782d0f5ea145f5b3de65822c025e11aefe','95e2122d4b72ad5a4d74bfe6de2dbb485a3654ec72eed070a16b50d9d227fa35','0e5f9852dadc4df0bd059bcd5afe25a4b0fe873f50e6da37bdf3bf2f3b5a0ae6','complete',3,4,10);
CREATE TABLE connector_state (
    job TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (job, name)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE coverage (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    series TEXT NOT NULL,
    periods TEXT NOT NULL,
    absent BLOB
) STRICT;
INSERT INTO "coverage" VALUES(1,'cb370e5ceb2e075e4b50797545722e3b7b9d8a8dc01c498a80de8bda35dc9035','1-3','1-3',X'28B52FFD2005290000312C352D36');
INSERT INTO "coverage" VALUES(2,'2a3b0f32b0620f24a55e16a772d0ca837f8b08249486a62a83e8126e1e59865f','1-3','1-6',X'28B52FFD2009490000312C332C31302D3132');
INSERT INTO "coverage" VALUES(3,'76cd7bc65b052520042a66ab3c1d24e0fcf9a09dfcadf6c19f9b3b5ea76f9679','1-3','1-5',X'28B52FFD2008410000312C332C392D3131');
CREATE TABLE dataset (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    name TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    time_dimension TEXT NOT NULL,
    notes TEXT NOT NULL
) STRICT;
INSERT INTO "dataset" VALUES(1,1,'drop/quarters','Each quarter','Tid','[]');
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
    break_reason_nb TEXT NOT NULL, break_reason_en TEXT NOT NULL, change TEXT NOT NULL DEFAULT '', decimals INTEGER, reads_earlier_values INTEGER NOT NULL DEFAULT 0, respondents TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (catalogue_id, indicator, definition),
    FOREIGN KEY (catalogue_id, indicator) REFERENCES indicator (catalogue_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE dimension (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('none', 'time', 'geo', 'metric')),
    position INTEGER NOT NULL,
    UNIQUE (dataset_id, code)
) STRICT;
INSERT INTO "dimension" VALUES(1,1,'nr','nr','none',0);
INSERT INTO "dimension" VALUES(2,1,'unit','unit','none',1);
CREATE TABLE drift (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    seen_at TEXT NOT NULL,
    run_id INTEGER REFERENCES run (id),
    severity TEXT NOT NULL CHECK (severity IN ('harmless', 'stops series', 'stops dataset')),
    dimension TEXT NOT NULL,
    text_nb TEXT NOT NULL,
    text_en TEXT NOT NULL
) STRICT;
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
CREATE TABLE indicator_set_merged (
    catalogue_id INTEGER NOT NULL,
    set_number INTEGER NOT NULL,
    number_in_set INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    label_nb TEXT NOT NULL, label_en TEXT NOT NULL,
    formula TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, set_number, number_in_set),
    FOREIGN KEY (catalogue_id, set_number) REFERENCES indicator_set (catalogue_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE indicator_set_retired (
    catalogue_id INTEGER NOT NULL,
    set_number INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    reason_nb TEXT NOT NULL, reason_en TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, set_number, indicator),
    FOREIGN KEY (catalogue_id, set_number) REFERENCES indicator_set (catalogue_id, number)
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
CREATE TABLE look (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    seen_at TEXT NOT NULL,
    run_id INTEGER REFERENCES run (id),
    job_hash TEXT NOT NULL,
    body TEXT NOT NULL
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
INSERT INTO "metadata_change" VALUES(1,1,3,'2020-09-02T00:00:00Z','2026-11-27T19:14:47Z','label','','','Quarters','By quarter');
INSERT INTO "metadata_change" VALUES(2,1,4,'2020-10-02T00:00:00Z','2026-11-27T19:14:47Z','label','','','By quarter','Each quarter');
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
INSERT INTO "observation" VALUES(1,1,1,5.0,0,NULL,0);
INSERT INTO "observation" VALUES(1,3,1,6.0,0,NULL,0);
INSERT INTO "observation" VALUES(1,3,2,6.5,1,NULL,0);
INSERT INTO "observation" VALUES(1,5,2,4.0,0,NULL,0);
INSERT INTO "observation" VALUES(1,6,2,1.0,0,NULL,0);
INSERT INTO "observation" VALUES(2,1,1,7.0,0,NULL,0);
INSERT INTO "observation" VALUES(2,2,1,8.0,0,NULL,0);
INSERT INTO "observation" VALUES(2,3,2,9.0,0,NULL,0);
INSERT INTO "observation" VALUES(2,4,2,2.0,0,NULL,0);
INSERT INTO "observation" VALUES(3,2,1,1.0,0,NULL,0);
INSERT INTO "observation" VALUES(3,2,3,NULL,0,NULL,1);
INSERT INTO "observation" VALUES(3,3,1,2.0,0,NULL,0);
INSERT INTO "observation" VALUES(3,4,2,1.0,0,NULL,0);
INSERT INTO "observation" VALUES(3,5,2,1.0,0,NULL,0);
INSERT INTO "observation" VALUES(3,6,2,3.0,0,NULL,0);
CREATE TABLE payload (
    hash TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    origin_url TEXT NOT NULL,
    kept_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "payload" VALUES('4266be303d5b57a6a8d2d9a1086032782d0f5ea145f5b3de65822c025e11aefe',87,'','quarters-1.csv','2026-11-27T19:14:47Z');
INSERT INTO "payload" VALUES('894351d33a053bdcdc1192f8829e95459ccd391dda1a3a7bb1b00f10a3f93233',85,'','quarters-1.csv','2026-11-27T19:14:47Z');
INSERT INTO "payload" VALUES('9d03f354689d4cc4c70abddcd850751e6b744b64bb2b510e4e9626e6e9a23480',97,'','quarters-1.csv','2026-11-27T19:14:47Z');
INSERT INTO "payload" VALUES('b23b415bf87ae17da66b1d960d9c840f9f95ed95992a026f1fb0e76edfaf5e0f',61,'','quarters-1.csv','2026-11-27T19:14:47Z');
INSERT INTO "payload" VALUES('d9df1a09c3d695f6da64baca8a705ae5ca6c62c1daf5742a8ec586b486dcfbcc',59,'','quarters-1.csv','2026-11-27T19:14:47Z');
CREATE TABLE payload_file (
    payload_hash TEXT PRIMARY KEY REFERENCES payload (hash),
    frame BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE payload_removal (
    payload_hash TEXT PRIMARY KEY REFERENCES payload (hash),
    reason TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE period (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    first_day TEXT,
    last_day TEXT
) STRICT;
INSERT INTO "period" VALUES(1,'2018Q1','quarter','2018-01-01','2018-03-31');
INSERT INTO "period" VALUES(2,'2018Q2','quarter','2018-04-01','2018-06-30');
INSERT INTO "period" VALUES(3,'2019Q1','quarter','2019-01-01','2019-03-31');
INSERT INTO "period" VALUES(4,'2016Q4','quarter','2016-10-01','2016-12-31');
INSERT INTO "period" VALUES(5,'2017Q3','quarter','2017-07-01','2017-09-30');
INSERT INTO "period" VALUES(6,'early','other',NULL,NULL);
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
, run_id INTEGER REFERENCES run (id), kind TEXT NOT NULL DEFAULT 'refused' CHECK (kind IN ('refused', 'suspect', 'drift')), ended_at TEXT, ended_how TEXT CHECK (ended_how IN ('taken in', 'discarded', 'outdated')), ended_by TEXT, ended_why TEXT) STRICT;
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
, withdrawn INTEGER NOT NULL DEFAULT 0, relabelled INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "run" VALUES(1,'quarters','drop/quarters','2026-11-27T19:14:47Z','2026-11-27T19:14:47Z','new vintage','6 cells, 6 new, 0 revised, 0 withdrawn; published 2020-02-02',1,59,6,6,0,0,1,0,0);
INSERT INTO "run" VALUES(2,'quarters','drop/quarters','2026-11-27T19:14:47Z','2026-11-27T19:14:47Z','new vintage','13 cells, 7 new, 1 revised, 0 withdrawn; published 2020-06-02; period ''early'' is of no known form and kept as text',1,97,13,8,1,0,2,0,0);
INSERT INTO "run" VALUES(3,'quarters','drop/quarters','2026-11-27T19:14:47Z','2026-11-27T19:14:47Z','new vintage','10 cells, 0 new, 0 revised, 1 withdrawn; published 2020-09-02; 1 labels, units or notes changed',1,85,10,1,0,0,3,1,1);
INSERT INTO "run" VALUES(4,'quarters','drop/quarters','2026-11-27T19:14:47Z','2026-11-27T19:14:47Z','nothing new','10 cells, all as before (other bytes, the same numbers); 1 labels, units or notes changed',1,87,10,0,0,1,NULL,0,1);
INSERT INTO "run" VALUES(5,'quarters','drop/quarters','2026-11-27T19:14:47Z','2026-11-27T19:14:47Z','failed','quarters-1.csv: drop/quarters: suspicious, so nothing was taken in: it has 6 cells, and the one before it had 13; if it is right, take it in with --accept-suspect; to see what it says: payload b23b415bf87ae17da66b1d960d9c840f9f95ed95992a026f1fb0e76edfaf5e0f',1,61,0,0,0,0,NULL,0,0);
CREATE TABLE run_payload (
    run_id INTEGER NOT NULL REFERENCES run (id),
    position INTEGER NOT NULL,
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "run_payload" VALUES(4,0,'4266be303d5b57a6a8d2d9a1086032782d0f5ea145f5b3de65822c025e11aefe');
INSERT INTO "run_payload" VALUES(3,0,'894351d33a053bdcdc1192f8829e95459ccd391dda1a3a7bb1b00f10a3f93233');
INSERT INTO "run_payload" VALUES(2,0,'9d03f354689d4cc4c70abddcd850751e6b744b64bb2b510e4e9626e6e9a23480');
INSERT INTO "run_payload" VALUES(5,0,'b23b415bf87ae17da66b1d960d9c840f9f95ed95992a026f1fb0e76edfaf5e0f');
INSERT INTO "run_payload" VALUES(1,0,'d9df1a09c3d695f6da64baca8a705ae5ca6c62c1daf5742a8ec586b486dcfbcc');
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    key TEXT NOT NULL,
    UNIQUE (dataset_id, key)
) STRICT;
INSERT INTO "series" VALUES(1,1,'1 4');
INSERT INTO "series" VALUES(2,1,'2 4');
INSERT INTO "series" VALUES(3,1,'3 4');
CREATE TABLE series_code (
    series_id INTEGER NOT NULL REFERENCES series (id),
    dimension_id INTEGER NOT NULL REFERENCES dimension (id),
    category_id INTEGER NOT NULL REFERENCES category (id),
    PRIMARY KEY (series_id, dimension_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "series_code" VALUES(1,1,1);
INSERT INTO "series_code" VALUES(2,1,2);
INSERT INTO "series_code" VALUES(3,1,3);
INSERT INTO "series_code" VALUES(1,2,4);
INSERT INTO "series_code" VALUES(2,2,4);
INSERT INTO "series_code" VALUES(3,2,4);
CREATE TABLE series_state (
    series_id INTEGER PRIMARY KEY,
    cells BLOB NOT NULL
) STRICT;
INSERT INTO "series_state" VALUES(1,X'0101000A02010182010201000801010002');
INSERT INTO "series_state" VALUES(2,X'0101000E010100100101001201010004');
INSERT INTO "series_state" VALUES(3,X'020201010004010100020101000201010006');
CREATE TABLE sign_off (
    id INTEGER PRIMARY KEY,
    set_number INTEGER NOT NULL,
    period TEXT NOT NULL,
    as_of TEXT,
    known_at TEXT,
    name_nb TEXT NOT NULL, name_en TEXT NOT NULL,
    signed_at TEXT NOT NULL,
    person TEXT NOT NULL,
    note TEXT NOT NULL,
    catalogue_hash TEXT NOT NULL
) STRICT;
CREATE TABLE signed_rendering (
    sign_off_id INTEGER NOT NULL REFERENCES sign_off (id),
    format TEXT NOT NULL,
    language TEXT NOT NULL,
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    PRIMARY KEY (sign_off_id, format, language)
) STRICT, WITHOUT ROWID;
CREATE TABLE signed_row (
    sign_off_id INTEGER NOT NULL REFERENCES sign_off (id),
    number INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    merged_into INTEGER NOT NULL,
    label_nb TEXT NOT NULL, label_en TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (sign_off_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE signed_value (
    sign_off_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    period TEXT NOT NULL,
    value TEXT,
    status TEXT NOT NULL,
    meaning TEXT NOT NULL,
    definition INTEGER NOT NULL,
    vintage_id INTEGER REFERENCES vintage (id),
    published_at TEXT NOT NULL,
    PRIMARY KEY (sign_off_id, number, period),
    FOREIGN KEY (sign_off_id, number) REFERENCES signed_row (sign_off_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE signed_verdict (
    sign_off_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    comparison TEXT NOT NULL,
    from_period TEXT NOT NULL,
    to_period TEXT NOT NULL,
    old_value TEXT,
    new_value TEXT,
    outcome TEXT NOT NULL,
    change TEXT,
    unit TEXT NOT NULL,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    sentence_nb TEXT NOT NULL, sentence_en TEXT NOT NULL,
    PRIMARY KEY (sign_off_id, number, comparison, from_period, to_period),
    FOREIGN KEY (sign_off_id, number) REFERENCES signed_row (sign_off_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO "source" VALUES(1,'drop');
CREATE TABLE status (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    meaning TEXT NOT NULL,
    UNIQUE (text, meaning)
) STRICT;
INSERT INTO "status" VALUES(0,'','');
INSERT INTO "status" VALUES(1,'','withdrawn');
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
, near_miss_nb TEXT NOT NULL DEFAULT '', near_miss_en TEXT NOT NULL DEFAULT '', allowance_nb TEXT NOT NULL DEFAULT '', allowance_en TEXT NOT NULL DEFAULT '', margin TEXT, within_margin INTEGER NOT NULL DEFAULT 0, provisional INTEGER NOT NULL DEFAULT 0) STRICT;
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
INSERT INTO "vintage" VALUES(1,1,'2020-02-02T00:00:00Z','--published','day','2026-11-27T19:14:47Z','2026-11-27T19:14:47Z','drop','d9df1a09c3d695f6da64baca8a705ae5ca6c62c1daf5742a8ec586b486dcfbcc','10671bf98bd08c54ecf3a82fdd85b8acf81bb6cc80b622303b5c875117f35385','fa25864d8a5e01d75faff080068021ade6981d71004f836b13ec6199821f793d','complete',1,1,6,6,0,0);
INSERT INTO "vintage" VALUES(2,1,'2020-06-02T00:00:00Z','--published','day','2026-11-27T19:14:47Z','2026-11-27T19:14:47Z','drop','9d03f354689d4cc4c70abddcd850751e6b744b64bb2b510e4e9626e6e9a23480','295c86fa867d378e158655b36cbf80cc695c61bb350bfe3b62975e935ad141e3','a6c6c5b5f7938d82f16fc5186118ed0681fb1e99bee3724b845ebe6acf2cfc1d','complete',2,2,13,8,1,0);
INSERT INTO "vintage" VALUES(3,1,'2020-09-02T00:00:00Z','--published','day','2026-11-27T19:14:47Z','2026-11-27T19:14:47Z','drop','894351d33a053bdcdc1192f8829e95459ccd391dda1a3a7bb1b00f10a3f93233','8d48ab734802c8007bb83ba4c3413db685220cd34e06730cd2ad697e203cfbc5','0e5f9852dadc4df0bd059bcd5afe25a4b0fe873f50e6da37bdf3bf2f3b5a0ae6','complete',3,3,10,1,0,1);
CREATE INDEX series_code_category ON series_code (category_id, series_id);
CREATE INDEX run_job ON run (job, id);
CREATE INDEX vintage_dataset ON vintage (dataset_id, published_at);
CREATE INDEX indicator_value_newest ON indicator_value (indicator, definition, period_id, id);
CREATE INDEX verdict_newest ON verdict (indicator, comparison, from_period, to_period, id);
CREATE INDEX flag_event_flag ON flag_event (flag_id, id);
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
CREATE INDEX confirmation_vintage ON confirmation (vintage_id, published_at);
CREATE TRIGGER confirmation_no_update BEFORE UPDATE ON confirmation
BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
CREATE TRIGGER confirmation_no_delete BEFORE DELETE ON confirmation
BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
CREATE TRIGGER chain_no_update BEFORE UPDATE ON chain
BEGIN SELECT RAISE(ABORT, 'the chain over vintages is append-only'); END;
CREATE TRIGGER chain_no_delete BEFORE DELETE ON chain
BEGIN SELECT RAISE(ABORT, 'the chain over vintages is append-only'); END;
CREATE INDEX metadata_change_dataset ON metadata_change (dataset_id, published_at);
CREATE TRIGGER metadata_change_no_update BEFORE UPDATE ON metadata_change
BEGIN SELECT RAISE(ABORT, 'changes of metadata are append-only'); END;
CREATE TRIGGER metadata_change_no_delete BEFORE DELETE ON metadata_change
BEGIN SELECT RAISE(ABORT, 'changes of metadata are append-only'); END;
CREATE INDEX run_payload_hash ON run_payload (payload_hash);
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
CREATE INDEX annotation_dataset ON annotation (dataset_id);
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
CREATE INDEX look_dataset ON look (dataset_id, id);
CREATE INDEX drift_dataset ON drift (dataset_id, id);
CREATE INDEX quarantine_job ON quarantine (job, id);
CREATE INDEX sign_off_set ON sign_off (set_number, id);
CREATE TRIGGER flag_event_no_update BEFORE UPDATE ON flag_event
BEGIN SELECT RAISE(ABORT, 'flag_event is append-only'); END;
CREATE TRIGGER flag_event_no_delete BEFORE DELETE ON flag_event
BEGIN SELECT RAISE(ABORT, 'flag_event is append-only'); END;
CREATE TRIGGER sign_off_no_update BEFORE UPDATE ON sign_off
BEGIN SELECT RAISE(ABORT, 'sign_off is append-only'); END;
CREATE TRIGGER sign_off_no_delete BEFORE DELETE ON sign_off
BEGIN SELECT RAISE(ABORT, 'sign_off is append-only'); END;
CREATE TRIGGER signed_row_no_update BEFORE UPDATE ON signed_row
BEGIN SELECT RAISE(ABORT, 'signed_row is append-only'); END;
CREATE TRIGGER signed_row_no_delete BEFORE DELETE ON signed_row
BEGIN SELECT RAISE(ABORT, 'signed_row is append-only'); END;
CREATE TRIGGER signed_value_no_update BEFORE UPDATE ON signed_value
BEGIN SELECT RAISE(ABORT, 'signed_value is append-only'); END;
CREATE TRIGGER signed_value_no_delete BEFORE DELETE ON signed_value
BEGIN SELECT RAISE(ABORT, 'signed_value is append-only'); END;
CREATE TRIGGER signed_verdict_no_update BEFORE UPDATE ON signed_verdict
BEGIN SELECT RAISE(ABORT, 'signed_verdict is append-only'); END;
CREATE TRIGGER signed_verdict_no_delete BEFORE DELETE ON signed_verdict
BEGIN SELECT RAISE(ABORT, 'signed_verdict is append-only'); END;
COMMIT;
PRAGMA user_version=5;
