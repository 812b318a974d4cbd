-- A name is claimed by whoever gives an order; which user of the system that was is the kernel's word.

CREATE TABLE actor_uid (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('annotation', 'withdrawal', 'correction', 'correction end', 'acknowledgement',
        'sign-off', 'quarantine')),
    item INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    uid INTEGER NOT NULL
) STRICT;
CREATE INDEX actor_uid_item ON actor_uid (kind, item);
CREATE TRIGGER actor_uid_no_update BEFORE UPDATE ON actor_uid
BEGIN SELECT RAISE(ABORT, 'actor_uid is append-only'); END;
CREATE TRIGGER actor_uid_no_delete BEFORE DELETE ON actor_uid
BEGIN SELECT RAISE(ABORT, 'actor_uid is append-only'); END;
