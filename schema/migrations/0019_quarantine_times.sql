-- A file that is retried out of quarantine is placed as it would have been at first: by its own time, or as the person
-- who gave it said.

ALTER TABLE quarantine ADD COLUMN modified_at TEXT;
ALTER TABLE quarantine ADD COLUMN claimed_at TEXT;
ALTER TABLE quarantine ADD COLUMN claim_field TEXT;
ALTER TABLE quarantine ADD COLUMN claim_confidence TEXT;
