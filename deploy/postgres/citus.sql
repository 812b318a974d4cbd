-- UNTESTED. Distributes the tables whose rows name a dataset over the servers of Citus, written from its documents
-- (version 12); nobody has run it yet. Try it on a copy of the store first, and `skurd verify` after it.
-- In the coordinator's database, as the role that owns the store, while no harvester runs; an empty store or a full
-- one:
--
--     psql --set ON_ERROR_STOP=1 --dbname skurd --file citus.sql
--
-- Before that: the extension in this database on all servers, `SELECT citus_set_coordinator_host('...')`, and
-- `SELECT citus_add_node('...', 5432)` for each other server. All harvesters connect to the coordinator: what keeps
-- them apart (the tables writer, lease and host_call, advisory locks) is there. PGOPTIONS='-c citus.shard_count=32'
-- says in how many shards the datasets go.
--
-- What is otherwise than in a store on one server:
--   - Citus has no triggers on distributed and reference tables. Those that refuse changes of what was said are put on
--     the shards; those that look into other tables (names that may only be forgotten, payloads that are needed) are
--     left out. `skurd verify` names each of them as gone. The program keeps to both; the chains tell of who does not.
--   - Moving shards (rebalancing) loses the triggers: run the last part again.

BEGIN;
SET LOCAL citus.multi_shard_modify_mode = 'sequential';

-- By dataset: what has dataset_id first in its key.
CREATE TEMPORARY TABLE by_dataset ON COMMIT DROP AS
    SELECT c.oid AS id, c.oid::regclass AS name FROM pg_class AS c
    JOIN pg_index AS k ON k.indrelid = c.oid AND k.indisprimary
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.indkey[0] AND a.attname = 'dataset_id'
    WHERE c.relnamespace = to_regnamespace(current_schema()) AND c.relkind = 'r';

-- On every server: what those refer to, and what these refer to.
CREATE TEMPORARY TABLE everywhere ON COMMIT DROP AS
    WITH RECURSIVE referred (id) AS (
        SELECT c.oid FROM pg_class AS c WHERE c.relnamespace = to_regnamespace(current_schema())
            AND (c.relname IN ('period', 'status') OR EXISTS (SELECT 1 FROM pg_constraint AS k
                JOIN by_dataset AS d ON d.id = k.conrelid WHERE k.contype = 'f' AND k.confrelid = c.oid))
        UNION
        SELECT k.confrelid FROM pg_constraint AS k JOIN referred AS r ON r.id = k.conrelid WHERE k.contype = 'f')
    SELECT id, id::regclass AS name FROM referred WHERE id NOT IN (SELECT id FROM by_dataset);

-- Triggers go before, and those that need no other table come back on the shards.
CREATE TEMPORARY TABLE refusing AS
    SELECT t.tgrelid::regclass AS name, t.tgname AS trigger_name,
        replace(pg_get_triggerdef(t.oid), ' ON ' || format('%I.%I', n.nspname, c.relname) || ' ', ' ON %s ') AS make_it,
        p.proname = 'refuse' AS needs_nothing
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
    JOIN pg_proc AS p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND t.tgrelid IN (SELECT id FROM by_dataset UNION SELECT id FROM everywhere);

DO $$
DECLARE
    one RECORD;
    first REGCLASS;
BEGIN
    FOR one IN SELECT name, trigger_name FROM refusing LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', one.trigger_name, one.name);
    END LOOP;
    -- In the order of their references: a table after those that it refers to.
    WHILE EXISTS (SELECT 1 FROM everywhere) LOOP
        SELECT e.id, e.name INTO STRICT one FROM everywhere AS e WHERE NOT EXISTS (
            SELECT 1 FROM pg_constraint AS k JOIN everywhere AS other ON other.id = k.confrelid
            WHERE k.contype = 'f' AND k.conrelid = e.id AND other.id <> e.id) ORDER BY e.id LIMIT 1;
        PERFORM create_reference_table(one.name);
        DELETE FROM everywhere WHERE id = one.id;
    END LOOP;
    WHILE EXISTS (SELECT 1 FROM by_dataset) LOOP
        SELECT d.id, d.name INTO STRICT one FROM by_dataset AS d WHERE NOT EXISTS (
            SELECT 1 FROM pg_constraint AS k JOIN by_dataset AS other ON other.id = k.confrelid
            WHERE k.contype = 'f' AND k.conrelid = d.id AND other.id <> d.id) ORDER BY d.id LIMIT 1;
        PERFORM create_distributed_table(one.name, 'dataset_id',
            colocate_with => coalesce(CAST(first AS TEXT), 'none'));
        first := coalesce(first, one.name);
        DELETE FROM by_dataset WHERE id = one.id;
    END LOOP;
END $$;

-- Payloads' bytes by their hash: beside the datasets they would all be on one server.
SELECT create_distributed_table('payload_file', 'payload_hash', colocate_with => 'none');
COMMIT;

-- The last part.
SELECT run_command_on_shards(name, make_it) FROM refusing WHERE needs_nothing;
