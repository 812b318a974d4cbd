-- Who may do what in a store on PostgreSQL. As a superuser, in the store's database, once the store is there, and again
-- after an upgrade of skurd (which may make views anew):
--
--     psql --dbname skurd --file roles.sql
--
-- The harvester's role is the one that owns the store. Beside it:
--   skurd_reader   the stable views, but for those in which people's names stand, and the view of each dataset
--   skurd_people   everything there is to read, names of people too: the page and the read API, auditors
-- Both may not log in: grant them to those who do, as in CREATE ROLE analyst LOGIN IN ROLE skurd_reader;
-- A dataset that is harvested later has a view of its own, which is granted to those who may read the view datasets.

DO $$
DECLARE
    wanted TEXT;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['skurd_reader', 'skurd_people'] LOOP
        IF to_regrole(wanted) IS NULL THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        END IF;
    END LOOP;
END $$;

DO $$
DECLARE
    store REGNAMESPACE := to_regnamespace(current_schema());
    harvester TEXT;
    readable TEXT;
BEGIN
    SELECT pg_get_userbyid(relowner) INTO harvester FROM pg_class WHERE oid = to_regclass('datasets');
    IF harvester IS NULL THEN
        RAISE EXCEPTION 'there is no store of skurd in this schema: begin with skurd store copy or skurd harvest';
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %s TO skurd_reader, skurd_people', store);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %s TO skurd_people', store);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %s GRANT SELECT ON TABLES TO skurd_people',
        harvester, store);
    FOR readable IN
        SELECT c.relname FROM pg_class AS c
        WHERE c.relnamespace = store AND c.relkind = 'v'
          AND NOT EXISTS (SELECT 1 FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attname = 'person')
    LOOP
        EXECUTE format('GRANT SELECT ON %s.%I TO skurd_reader', store, readable);
    END LOOP;
END $$;
