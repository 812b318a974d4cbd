-- What was published and what was done are sealed in two chains (src/store/README.md, "Chains"); names of people stand in
-- the second as salted hashes, so that they can be forgotten. The chain over vintages gains no links any more: it stays as
-- it was, and the second chain begins with it. Whatever older stores hold is linked by the program after this file.

-- Who is named anywhere, with what makes the name's hash; without the salt nobody can find the name to the hash.
CREATE TABLE person (
    name TEXT PRIMARY KEY,
    salt TEXT,
    hash TEXT NOT NULL,
    forgotten_at TEXT,
    forgotten INTEGER UNIQUE,
    CHECK ((salt IS NULL) = (forgotten_at IS NOT NULL) AND (salt IS NULL) = (forgotten IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER person_no_update BEFORE UPDATE ON person
WHEN OLD.salt IS NULL OR NEW.salt IS NOT NULL OR NEW.hash <> OLD.hash
BEGIN SELECT RAISE(ABORT, 'a person can be forgotten, once, and no more'); END;
CREATE TRIGGER person_no_delete BEFORE DELETE ON person
BEGIN SELECT RAISE(ABORT, 'the hash of a person''s name stays'); END;

CREATE TABLE content_chain (
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    commit_seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (dataset_id, commit_seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER content_chain_no_update BEFORE UPDATE ON content_chain
BEGIN SELECT RAISE(ABORT, 'the chain over what was published is append-only'); END;
CREATE TRIGGER content_chain_no_delete BEFORE DELETE ON content_chain
BEGIN SELECT RAISE(ABORT, 'the chain over what was published is append-only'); END;

CREATE TABLE log_chain (
    position INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('older', 'commit', 'run', 'catalogue', 'actor', 'forgotten', 'signature')),
    item INTEGER NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER log_chain_no_update BEFORE UPDATE ON log_chain
BEGIN SELECT RAISE(ABORT, 'the chain over what was done is append-only'); END;
CREATE TRIGGER log_chain_no_delete BEFORE DELETE ON log_chain
BEGIN SELECT RAISE(ABORT, 'the chain over what was done is append-only'); END;

-- A signature over a sign-off: of an Ed25519 key, which skurd never has.
CREATE TABLE sign_off_signature (
    id INTEGER PRIMARY KEY,
    sign_off_id INTEGER NOT NULL REFERENCES sign_off (id),
    statement TEXT NOT NULL,
    public_key TEXT NOT NULL,
    signature TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE TRIGGER sign_off_signature_no_update BEFORE UPDATE ON sign_off_signature
BEGIN SELECT RAISE(ABORT, 'signatures are append-only'); END;
CREATE TRIGGER sign_off_signature_no_delete BEFORE DELETE ON sign_off_signature
BEGIN SELECT RAISE(ABORT, 'signatures are append-only'); END;

CREATE INDEX label_version_ingest ON label_version (ingest_id);
CREATE INDEX metadata_change_ingest ON metadata_change (ingest_id);
CREATE INDEX indicator_value_ingest ON indicator_value (ingest_id);

-- In which commit an annotation was withdrawn, a correction ended: 0 = before these chains.
ALTER TABLE annotation ADD COLUMN withdrawn_ingest_id INTEGER;
ALTER TABLE correction ADD COLUMN ended_ingest_id INTEGER;
ALTER TABLE actor_uid ADD COLUMN uid_hash TEXT NOT NULL DEFAULT '';
DROP TRIGGER annotation_no_update;
DROP TRIGGER annotation_withdrawn_once;
DROP TRIGGER correction_no_update;
DROP TRIGGER correction_ended_once;
DROP TRIGGER flag_event_no_update;
DROP TRIGGER sign_off_no_update;
DROP TRIGGER actor_uid_no_update;
UPDATE annotation SET withdrawn_ingest_id = 0 WHERE withdrawn_at IS NOT NULL;
UPDATE correction SET ended_ingest_id = 0 WHERE ended_at IS NOT NULL;

-- Append-only as they were; but a name may give way to the pseudonym of somebody who was forgotten.
CREATE TRIGGER annotation_no_update BEFORE UPDATE OF id, kind, dataset_id, series_id, period_id, vintage_id, text, at,
    ingest_id ON annotation
BEGIN SELECT RAISE(ABORT, 'annotations are append-only: withdraw it and make another'); END;
CREATE TRIGGER annotation_withdrawn_once BEFORE UPDATE OF withdrawn_at, withdrawn_why, withdrawn_ingest_id ON annotation
WHEN OLD.withdrawn_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'annotations are append-only: one that is withdrawn stays so'); END;
CREATE TRIGGER annotation_actor BEFORE UPDATE OF actor ON annotation
WHEN NOT EXISTS (SELECT 1 FROM person WHERE name = NEW.actor AND salt IS NULL)
BEGIN SELECT RAISE(ABORT, 'annotations are append-only: names may only be forgotten'); END;
CREATE TRIGGER annotation_withdrawn_by BEFORE UPDATE OF withdrawn_by ON annotation
WHEN OLD.withdrawn_by IS NOT NULL AND (NEW.withdrawn_by IS NULL
    OR NOT EXISTS (SELECT 1 FROM person WHERE name = NEW.withdrawn_by AND salt IS NULL))
BEGIN SELECT RAISE(ABORT, 'annotations are append-only: names may only be forgotten'); END;
CREATE TRIGGER correction_no_update BEFORE UPDATE OF id, series_id, period_id, expected, expected_decimals,
    expected_text, corrected, corrected_decimals, corrected_text, reason, at, ingest_id ON correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: end it and make another'); END;
CREATE TRIGGER correction_ended_once BEFORE UPDATE OF ended_at, ended_why, ended_vintage_id, ended_ingest_id ON correction
WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: one that has ended stays so'); END;
CREATE TRIGGER correction_actor BEFORE UPDATE OF actor ON correction
WHEN NOT EXISTS (SELECT 1 FROM person WHERE name = NEW.actor AND salt IS NULL)
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: names may only be forgotten'); END;
CREATE TRIGGER correction_ended_by BEFORE UPDATE OF ended_by ON correction
WHEN OLD.ended_at IS NOT NULL AND (NEW.ended_by IS NULL OR OLD.ended_by IS NULL
    OR NOT EXISTS (SELECT 1 FROM person WHERE name = NEW.ended_by AND salt IS NULL))
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: names may only be forgotten'); END;
CREATE TRIGGER flag_event_no_update BEFORE UPDATE OF id, flag_id, at, event, state, inputs, text_nb, text_en, note,
    ingest_id, origin ON flag_event
BEGIN SELECT RAISE(ABORT, 'events of flags are append-only'); END;
CREATE TRIGGER flag_event_actor BEFORE UPDATE OF actor ON flag_event
WHEN NOT EXISTS (SELECT 1 FROM person WHERE name = NEW.actor AND salt IS NULL)
BEGIN SELECT RAISE(ABORT, 'events of flags are append-only: names may only be forgotten'); END;
CREATE TRIGGER sign_off_no_update BEFORE UPDATE OF id, set_number, period, as_of, known_at, name_nb, name_en, signed_at,
    note, catalogue_hash, ingest_id ON sign_off
BEGIN SELECT RAISE(ABORT, 'what was signed off stays'); END;
CREATE TRIGGER sign_off_actor BEFORE UPDATE OF actor ON sign_off
WHEN NOT EXISTS (SELECT 1 FROM person WHERE name = NEW.actor AND salt IS NULL)
BEGIN SELECT RAISE(ABORT, 'what was signed off stays: names may only be forgotten'); END;
CREATE TRIGGER actor_uid_no_update BEFORE UPDATE OF id, kind, item, at ON actor_uid
BEGIN SELECT RAISE(ABORT, 'actor_uid is append-only'); END;
CREATE TRIGGER actor_uid_hashed_once BEFORE UPDATE OF uid_hash ON actor_uid WHEN OLD.uid_hash <> ''
BEGIN SELECT RAISE(ABORT, 'actor_uid is append-only'); END;
CREATE TRIGGER actor_uid_actor BEFORE UPDATE OF actor, uid ON actor_uid
WHEN NEW.uid <> -1 OR NOT EXISTS (SELECT 1 FROM person WHERE name = NEW.actor AND salt IS NULL)
BEGIN SELECT RAISE(ABORT, 'actor_uid is append-only: names may only be forgotten'); END;
