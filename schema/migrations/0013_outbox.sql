-- Messages to people and programs: how far each channel has been told, what waits to be sent, and which outages there
-- are. What there is to tell is read from what was committed since, so it needs no rows of its own.

CREATE TABLE notify_channel (
    channel TEXT PRIMARY KEY,
    told_commit INTEGER NOT NULL,
    told_outage INTEGER NOT NULL,
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    delivery TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('publication', 'outage', 'recovery', 'test')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'undeliverable', 'dropped')),
    made_at TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    html TEXT NOT NULL,
    tries INTEGER NOT NULL CHECK (tries >= 0),
    tried_at TEXT,
    next_try_at TEXT,
    ended_at TEXT,
    answer TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_state ON outbox (state, channel, id);

CREATE TABLE outage (
    id INTEGER PRIMARY KEY,
    concern TEXT NOT NULL,
    about TEXT NOT NULL,
    began_at TEXT NOT NULL,
    began_seq INTEGER NOT NULL,
    ended_at TEXT,
    ended_seq INTEGER
) STRICT;
CREATE INDEX outage_open ON outage (ended_at, id);

CREATE TABLE outage_cause (
    outage_id INTEGER NOT NULL REFERENCES outage (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    job TEXT NOT NULL,
    text_nb TEXT NOT NULL,
    text_en TEXT NOT NULL,
    PRIMARY KEY (outage_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX flag_event_ingest ON flag_event (ingest_id);
CREATE INDEX verdict_ingest ON verdict (ingest_id);
CREATE INDEX vintage_ingest ON vintage (ingest_id);
