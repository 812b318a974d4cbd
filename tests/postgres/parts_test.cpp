// A store whose tables are cut into parts by dataset (deploy/postgres/partitioned.sql): it is the same store, and no
// statement of an ingest or of reading one dataset needs more than one part.
#include "base/one_line.hpp"
#include "base/text.hpp"
#include "lib/json/json.hpp"
#include "lib/postgres/connection.hpp"
#include "store/correction_store.hpp"
#include "store/engine/dataset_parts.hpp"
#include "store/postgres/postgres_database.hpp"
#include "tests/store/store_statements.hpp"
#include "tests/store/told_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/postgres_server.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

constexpr int parts = 8;

void cut(const std::string& url)
{
    PostgresConnection owner({url, ""});
    owner.exec(fmt::format("SET skurd.parts = {}", parts));
    owner.exec(read_file(SKURD_SOURCE_DIR "/deploy/postgres/partitioned.sql"));
}

/// Three datasets, whose series and vintages have numbers in between each other's.
void ingest_more(StoreFixture& into, const char* first, std::string_view time)
{
    for (const auto* name : {"drop/table", "drop/b", "drop/c"}) {
        auto release = release_of({"2016", "2017"}, {{"9", {first, "2"}}, {first, {"5", "missing"}}});
        release.dataset = name;
        into.accept(release, time);
    }
}

/// The parts that a plan reads of tables that are cut, by number: those of one dataset have the same of all tables.
using PartsRead = std::set<std::string>;

void add_parts(const Json& node, PartsRead& found)
{
    const auto type = node.value("Node Type", "");
    const auto relation = node.value("Relation Name", "");
    const auto at = relation.find("_part_");
    if (type.find("Scan") != std::string::npos && at != std::string::npos)
        found.insert(relation.substr(at));
    if (node.contains("Plans"))
        for (const auto& child : node["Plans"])
            add_parts(child, found);
}

/// How the server would go about a statement whose parameters it does not know yet, as the program has it.
PartsRead planned(PostgresDatabase& database, const std::string& sql)
{
    database.exec("PREPARE asked AS " + with_dataset_parts(sql));
    const auto parameters = database.integer("SELECT cardinality(parameter_types) FROM pg_prepared_statements"
                                             " WHERE name = 'asked'");
    std::string values;
    for (std::int64_t i = 0; i < parameters; ++i)
        values += i == 0 ? "('1'" : ", '1'";
    Statement row(database, "EXPLAIN (FORMAT JSON) EXECUTE asked" + values + (values.empty() ? "" : ")"));
    REQUIRE(row.step());
    PartsRead read;
    add_parts(Json::parse(row.view(0)).at(0).at("Plan"), read);
    row.reset();
    database.exec("DEALLOCATE asked");
    return read;
}

/// The table of statements that may need more than one part: file, and how they begin.
std::vector<std::pair<std::string, std::string>> listed()
{
    std::vector<std::pair<std::string, std::string>> found;
    const auto text = read_file(SKURD_SOURCE_DIR "/deploy/postgres/README.md");
    for (const auto& line : split(text, '\n')) {
        const auto fields = split(line, '|');
        if (fields.size() > 3 && trim(fields[1]).ends_with(".cpp"))
            found.emplace_back(std::string(trim(fields[1])), replace_all(std::string(trim(fields[2])), "`", ""));
    }
    return found;
}

} // namespace

TEST_CASE("a store that is cut into parts by dataset is the same store, and goes on", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    Verification before;
    {
        Told told(url);
        ingest_more(told, "1", "2019-04-01");
        before = told.verify();
        REQUIRE(before.wrong == std::vector<std::string>());
    }
    cut(url);
    cut(url); // what has parts is left as it is
    StoreFixture store(url);
    auto& database = store.store.database();
    const auto after = StoreMaintenance(store.store).verify();
    CHECK(after.wrong == std::vector<std::string>());
    CHECK(after.content_head == before.content_head);
    CHECK(after.log_head == before.log_head);
    CHECK(after.cells == before.cells);
    for (const auto& [name, notes] : std::map<std::string, std::size_t>{{"", 2}, {"drop/table", 2}, {"drop/b", 0}}) {
        INFO("dataset " << name); // "" = all
        CHECK(AnnotationStore(store.store).list(name, Ended::included).size() == notes);
        CHECK(VintageStore(store.store).list(name).empty() == false);
        CHECK(CorrectionStore(store.store).list(name, Ended::included).empty());
    }

    store.clock.advance(std::chrono::hours(10'000));
    ingest_more(store, "3", "2020-04-01");
    ingest_more(store, "4", "2019-10-01"); // late
    CHECK(StoreMaintenance(store.store).verify().wrong == std::vector<std::string>());
    CHECK(database.integer("SELECT count(DISTINCT tableoid) FROM observation") > 1);
    CHECK(database.integer("SELECT count(*) FROM pg_class WHERE relkind = 'p'") == 22);

    PostgresDatabase forger({url, ""}, PostgresDatabase::Access::write);
    forger.exec("DROP TRIGGER vintage_no_delete ON vintage; DROP INDEX vintage_run");
    const auto wrong = join(StoreMaintenance(store.store).verify().wrong, "\n");
    CHECK_THAT(wrong, Contains("the trigger vintage.vintage_no_delete is gone"));
    CHECK_THAT(wrong, Contains("the index vintage_run is gone"));
}

TEST_CASE("a statement needs one part of each table, or is in the list of those that may need more", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    {
        StoreFixture store(url);
        ingest_more(store, "1", "2019-04-01");
    }
    cut(url);
    PostgresDatabase database({url, ""}, PostgresDatabase::Access::write);
    const auto may = listed();
    std::set<std::size_t> used;
    std::size_t of_one = 0;
    for (const auto& sql : statements()) {
        const auto read = planned(database, whole(sql.text));
        if (read.size() <= 1) {
            of_one += read.empty() ? 0 : 1;
            continue;
        }
        const auto line = in_one_line(sql.text);
        INFO(sql.file << ": " << line);
        const auto row = std::find_if(may.begin(), may.end(), [&](const auto& one) {
            return one.first == sql.file && line.starts_with(one.second);
        });
        CHECK(row != may.end());
        if (row != may.end())
            used.insert(static_cast<std::size_t>(row - may.begin()));
    }
    CHECK(of_one > 60);
    for (std::size_t i = 0; i < may.size(); ++i) {
        INFO(may[i].first << ": " << may[i].second << " is in the list, and needs one part only");
        CHECK(used.contains(i));
    }
}

TEST_CASE("whoever reads a dataset's view reads one part", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    {
        StoreFixture store(url);
        ingest_more(store, "1", "2019-04-01");
        store.clock.advance(std::chrono::hours(10'000));
        ingest_more(store, "3", "2020-04-01");
    }
    cut(url);
    PostgresDatabase database({url, ""}, PostgresDatabase::Access::write);
    const auto read = planned(database, "SELECT * FROM \"data_drop_b\" WHERE period = $1");
    CHECK(read.size() == 1);
}

TEST_CASE("the script for Citus asks for every table with a dataset, each after those that it refers to",
          "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    StoreFixture(std::string(url)).accept(release_of({"2016"}, {{"1", {"1"}}}), "2016-04-01");
    PostgresDatabase database({url, ""}, PostgresDatabase::Access::write);
    // Stand-ins, which note what they are asked for: there is no Citus here.
    database.exec(R"(
        CREATE TABLE asked (place BIGINT GENERATED ALWAYS AS IDENTITY, how TEXT, name REGCLASS);
        CREATE FUNCTION create_reference_table(name REGCLASS) RETURNS void LANGUAGE sql AS
            $$ INSERT INTO asked (how, name) VALUES ('everywhere', name) $$;
        CREATE FUNCTION create_distributed_table(name REGCLASS, by_column TEXT, colocate_with TEXT) RETURNS void
            LANGUAGE sql AS
            $$ INSERT INTO asked (how, name) VALUES (by_column || ' with ' || colocate_with, name) $$;
        CREATE FUNCTION run_command_on_shards(name REGCLASS, command TEXT) RETURNS void LANGUAGE sql AS
            $$ INSERT INTO asked (how, name) VALUES ('trigger', name) $$;)");
    database.exec(read_file(SKURD_SOURCE_DIR "/deploy/postgres/citus.sql"));

    CHECK(database.integer(
              "SELECT count(*) FROM asked WHERE how IN ('dataset_id with none', 'dataset_id with dimension')") == 22);
    CHECK(database.integer("SELECT count(*) FROM asked WHERE how = 'everywhere'") == 6);
    CHECK(database.integer("SELECT count(*) FROM asked WHERE how = 'payload_hash with none'") == 1);
    CHECK(database.integer("SELECT count(*) FROM asked WHERE how = 'trigger'") > 20);
    CHECK(database.integer(R"(
        SELECT count(*) FROM pg_constraint AS k JOIN asked AS a ON a.name = k.conrelid AND a.how <> 'trigger'
        WHERE k.contype = 'f' AND NOT EXISTS (SELECT 1 FROM asked AS before WHERE before.name = k.confrelid
            AND before.how <> 'trigger' AND before.place < a.place))") == 0);
}
