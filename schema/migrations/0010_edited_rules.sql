-- A flag that an edited rule raised, changed or closed names the flag that tells of the edit.

ALTER TABLE flag ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE flag_event ADD COLUMN origin TEXT NOT NULL DEFAULT '';
CREATE INDEX flag_origin ON flag (origin);
