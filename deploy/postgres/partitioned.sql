-- Cuts every table whose rows name a dataset, first in its key, into parts by dataset: part n has those datasets whose
-- number hashes to n. The program finds the same tables, columns and views as before, and so does `skurd verify`.
-- As the role that owns the store, in its database, while no harvester runs; an empty store or a full one, whose tables
-- are then written once more (README.md):
--
--     PGOPTIONS='-c skurd.parts=16' psql --set ON_ERROR_STOP=1 --dbname skurd --file partitioned.sql
--
-- All or nothing: one transaction. After an upgrade of skurd that makes new tables run it again: what has parts already
-- is left as it is.

BEGIN;

DO $$
DECLARE
    store REGNAMESPACE := to_regnamespace(current_schema());
    parts INTEGER := coalesce(nullif(current_setting('skurd.parts', true), ''), '16');
    whole RECORD;
    statement TEXT;
    columns TEXT;
    sequence TEXT;
BEGIN
    IF to_regclass('dataset_band') IS NULL THEN
        RAISE EXCEPTION 'there is no store of skurd in this schema: begin with skurd store copy or skurd harvest';
    END IF;
    IF parts NOT BETWEEN 2 AND 1024 THEN
        RAISE EXCEPTION 'skurd.parts is %: say 2 to 1024', parts;
    END IF;

    CREATE TEMPORARY TABLE to_cut ON COMMIT DROP AS
        SELECT c.oid, CAST(c.relname AS TEXT) AS name FROM pg_class AS c
        JOIN pg_index AS k ON k.indrelid = c.oid AND k.indisprimary
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.indkey[0] AND a.attname = 'dataset_id'
        WHERE c.relnamespace = store AND c.relkind = 'r' AND NOT c.relispartition;

    -- What hangs on them is made again afterwards, in this order: keys, indexes, references, triggers, views,
    -- and grants and comments.
    CREATE TEMPORARY TABLE hanging (step INTEGER, place BIGINT, drop_it TEXT, make_it TEXT) ON COMMIT DROP;
    INSERT INTO hanging
        SELECT CASE k.contype WHEN 'f' THEN 3 ELSE 1 END, k.oid,
            CASE k.contype WHEN 'f'
                THEN format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) END,
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
        FROM pg_constraint AS k
        WHERE k.conparentid = 0 AND ((k.contype IN ('p', 'u') AND k.conrelid IN (SELECT oid FROM to_cut))
            OR (k.contype = 'f' AND (k.conrelid IN (SELECT oid FROM to_cut)
                OR k.confrelid IN (SELECT oid FROM to_cut))));
    INSERT INTO hanging
        SELECT 2, i.indexrelid, NULL, pg_get_indexdef(i.indexrelid) FROM pg_index AS i
        WHERE i.indrelid IN (SELECT oid FROM to_cut)
          AND NOT EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'));
    INSERT INTO hanging
        SELECT 4, t.oid, NULL, pg_get_triggerdef(t.oid) FROM pg_trigger AS t
        WHERE t.tgrelid IN (SELECT oid FROM to_cut) AND NOT t.tgisinternal;
    INSERT INTO hanging
        SELECT 5, c.oid, format('DROP VIEW %s', c.oid::regclass),
            format('CREATE VIEW %s AS %s', c.oid::regclass, pg_get_viewdef(c.oid))
        FROM pg_class AS c WHERE c.relnamespace = store AND c.relkind = 'v';
    INSERT INTO hanging
        SELECT 6, c.oid, NULL, format('GRANT %s ON %s TO %s', a.privilege_type, c.oid::regclass,
            CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END)
        FROM pg_class AS c CROSS JOIN LATERAL aclexplode(c.relacl) AS a
        WHERE a.grantee <> c.relowner AND c.relnamespace = store
          AND (c.relkind = 'v' OR c.oid IN (SELECT oid FROM to_cut));
    INSERT INTO hanging
        SELECT 6, c.oid, NULL, format('COMMENT ON VIEW %s IS %L', c.oid::regclass, obj_description(c.oid))
        FROM pg_class AS c
        WHERE c.relnamespace = store AND c.relkind = 'v' AND obj_description(c.oid) IS NOT NULL;
    FOR statement IN SELECT drop_it FROM hanging WHERE drop_it IS NOT NULL ORDER BY step DESC, place DESC LOOP
        EXECUTE statement;
    END LOOP;

    FOR whole IN SELECT name FROM to_cut ORDER BY oid LOOP
        EXECUTE format('ALTER TABLE %I RENAME TO whole', whole.name);
        EXECUTE format('CREATE TABLE %I (LIKE whole INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING GENERATED'
            ' INCLUDING CONSTRAINTS) PARTITION BY HASH (dataset_id)', whole.name);
        FOR part IN 0 .. parts - 1 LOOP
            EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS %s, REMAINDER %s)',
                whole.name || '_part_' || part, whole.name, parts, part);
        END LOOP;
        SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO columns FROM pg_attribute AS a
            WHERE a.attrelid = to_regclass('whole') AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '';
        EXECUTE format('INSERT INTO %I (%s) SELECT %s FROM whole', whole.name, columns, columns);
        sequence := NULL;
        IF EXISTS (SELECT 1 FROM pg_attribute AS a
                   WHERE a.attrelid = to_regclass('whole') AND a.attname = 'id' AND a.attidentity <> '') THEN
            sequence := pg_get_serial_sequence(quote_ident(whole.name), 'id');
            EXECUTE format('SELECT setval(%L, s.last_value, s.is_called) FROM %s AS s', sequence,
                pg_get_serial_sequence('whole', 'id'));
        END IF;
        DROP TABLE whole;
        IF sequence IS NOT NULL THEN
            EXECUTE format('ALTER SEQUENCE %s RENAME TO %I', sequence, whole.name || '_id_seq');
        END IF;
    END LOOP;

    FOR statement IN SELECT make_it FROM hanging ORDER BY step, place LOOP
        EXECUTE statement;
    END LOOP;
END $$;

COMMIT;
