-- What datasets look like and how that changed; what became of refused payloads.

CREATE TABLE look (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    seen_at TEXT NOT NULL,
    run_id INTEGER REFERENCES run (id),
    job_hash TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX look_dataset ON look (dataset_id, id);

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
CREATE INDEX drift_dataset ON drift (dataset_id, id);

ALTER TABLE quarantine ADD COLUMN run_id INTEGER REFERENCES run (id);
ALTER TABLE quarantine ADD COLUMN kind TEXT NOT NULL DEFAULT 'refused' CHECK (kind IN ('refused', 'suspect', 'drift'));
ALTER TABLE quarantine ADD COLUMN ended_at TEXT;
ALTER TABLE quarantine ADD COLUMN ended_how TEXT CHECK (ended_how IN ('taken in', 'discarded', 'outdated'));
ALTER TABLE quarantine ADD COLUMN ended_by TEXT;
ALTER TABLE quarantine ADD COLUMN ended_why TEXT;
CREATE INDEX quarantine_job ON quarantine (job, id);
