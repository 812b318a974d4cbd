-- What a verdict carries besides its outcome; all of a catalogue; what was signed off.

ALTER TABLE verdict ADD COLUMN near_miss_nb TEXT NOT NULL DEFAULT '';
ALTER TABLE verdict ADD COLUMN near_miss_en TEXT NOT NULL DEFAULT '';
ALTER TABLE verdict ADD COLUMN allowance_nb TEXT NOT NULL DEFAULT '';
ALTER TABLE verdict ADD COLUMN allowance_en TEXT NOT NULL DEFAULT '';
ALTER TABLE verdict ADD COLUMN margin TEXT;
ALTER TABLE verdict ADD COLUMN within_margin INTEGER NOT NULL DEFAULT 0;
ALTER TABLE verdict ADD COLUMN provisional INTEGER NOT NULL DEFAULT 0;

ALTER TABLE definition ADD COLUMN change TEXT NOT NULL DEFAULT '';
ALTER TABLE definition ADD COLUMN decimals INTEGER;
ALTER TABLE definition ADD COLUMN reads_earlier_values INTEGER NOT NULL DEFAULT 0;
ALTER TABLE definition ADD COLUMN respondents TEXT NOT NULL DEFAULT '';

CREATE TABLE indicator_set_retired (
    catalogue_id INTEGER NOT NULL,
    set_number INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    reason_nb TEXT NOT NULL, reason_en TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, set_number, indicator),
    FOREIGN KEY (catalogue_id, set_number) REFERENCES indicator_set (catalogue_id, number)
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

CREATE TABLE catalogue_file (
    catalogue_id INTEGER NOT NULL REFERENCES catalogue (id),
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (catalogue_id, name)
) STRICT, WITHOUT ROWID;

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
CREATE INDEX sign_off_set ON sign_off (set_number, id);

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

-- What people answered, and what they signed, is kept for ever.
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

CREATE TABLE signed_rendering (
    sign_off_id INTEGER NOT NULL REFERENCES sign_off (id),
    format TEXT NOT NULL,
    language TEXT NOT NULL,
    payload_hash TEXT NOT NULL REFERENCES payload (hash),
    PRIMARY KEY (sign_off_id, format, language)
) STRICT, WITHOUT ROWID;
