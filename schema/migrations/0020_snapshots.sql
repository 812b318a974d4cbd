-- What a published snapshot says of itself. A store that is harvested into has no row.
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    commit_seq INTEGER NOT NULL,
    committed_at TEXT NOT NULL,
    content_head TEXT NOT NULL,
    log_head TEXT NOT NULL,
    names INTEGER NOT NULL
) STRICT;
