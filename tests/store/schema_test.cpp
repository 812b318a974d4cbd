#include "base/error.hpp"
#include "base/text.hpp"
#include "store/flag_store.hpp"
#include "store/run_store.hpp"
#include "store/verdict_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <set>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

using Columns = std::map<std::string, std::set<std::string>>; ///< of tables and views

/// The words in backquotes.
std::vector<std::string> quoted_words(std::string_view text)
{
    std::vector<std::string> words;
    const auto parts = split(text, '`');
    for (std::size_t i = 1; i < parts.size(); i += 2)
        words.emplace_back(parts[i]);
    return words;
}

/// What stands in the README: a heading ### `name` and, below it, table rows "| `column` | meaning |" or list items
/// "- `column`, `column`: meaning".
Columns documented()
{
    Columns found;
    std::string name;
    const auto readme = read_file(SKURD_SOURCE_DIR "/schema/README.md");
    for (const auto line : split(readme, '\n')) {
        if (line.starts_with("#"))
            name = line.starts_with("### `") ? quoted_words(line).front() : "";
        const bool is_row = line.starts_with("| `");
        if (!name.empty() && (is_row || line.starts_with("- `")))
            for (const auto& column : quoted_words(line.substr(0, is_row ? line.find('|', 1) : line.find(": "))))
                found[name].insert(column);
    }
    return found;
}

Columns built(const std::filesystem::path& file)
{
    Columns found;
    SqliteDatabase database(file, SqliteDatabase::Access::read);
    trust_schema(database);
    Statement row(database, "SELECT s.name, c.name FROM sqlite_schema AS s, pragma_table_xinfo(s.name) AS c"
                            " WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'sqlite_%'");
    while (row.step())
        found[row.text(0)].insert(row.text(1));
    return found;
}

std::vector<std::string> words(const Columns& columns)
{
    std::vector<std::string> words;
    for (const auto& [name, parts] : columns)
        for (const auto& part : parts)
            words.push_back(fmt::format("{}.{}", name, part));
    return words;
}

} // namespace

TEST_CASE("schema/README.md names every table, view and column, and no other", "[store]")
{
    StoreFixture fixture;
    const auto in_store = words(built(fixture.folder / "skurd.db"));
    const auto in_readme = words(documented());

    CHECK(in_store.size() > 150);
    CHECK(in_readme == in_store);
}

TEST_CASE("every base table is STRICT", "[store]")
{
    StoreFixture fixture;
    CHECK(fixture.sql("SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND NOT strict"
                      " AND name NOT LIKE 'sqlite_%'") == "0");
    CHECK(fixture.sql("PRAGMA journal_mode") == "wal");
}

TEST_CASE("what was said cannot be changed or deleted, not even by SQL", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-04-01");
    fixture.accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-05-01");
    const auto run = RunStore(fixture.store).start("job");
    const auto payload = fixture.new_payload();
    RunStore(fixture.store).add_payload(run, payload);
    VintageStore(fixture.store)
        .ingest(release_of({"2016"}, {{"1", {"1"}}}), published("2018-06-01"), Origin::drop, payload, run);
    Verdict verdict;
    verdict.from = verdict.to = Period::year(2016);
    verdict.vintages = {1};
    VerdictStore(fixture.store).store({verdict}, "hash");
    Indicator indicator;
    VerdictStore(fixture.store).store_values(indicator, {{Period::year(2016), {{Decimal(1, 0), {}}, 1, 1, {}}}});
    SqliteDatabase database(fixture.folder / "skurd.db", SqliteDatabase::Access::write);

    for (const char* sql : {"UPDATE observation SET value = 2",
                            "UPDATE observation SET status_id = 0",
                            "DELETE FROM observation",
                            "UPDATE vintage SET published_at = '2000-01-01T00:00:00Z'",
                            "DELETE FROM vintage",
                            "UPDATE run_payload SET position = 7",
                            "DELETE FROM run_payload",
                            "UPDATE vintage SET cells = 7, rows = 7",
                            "UPDATE vintage SET withdrawn = 7",
                            "UPDATE payload SET size = 7",
                            "DELETE FROM payload",
                            "UPDATE coverage SET absent = NULL",
                            "DELETE FROM coverage",
                            "UPDATE confirmation SET run_id = NULL",
                            "DELETE FROM confirmation",
                            "UPDATE verdict SET outcome = 'improved'",
                            "DELETE FROM verdict",
                            "UPDATE indicator_value SET value = 0",
                            "DELETE FROM indicator_value",
                            "UPDATE commit_log SET seq = 7",
                            "DELETE FROM commit_log",
                            "UPDATE dataset_band SET band = 7",
                            "DELETE FROM dataset_band",
                            "UPDATE migration SET at = ''",
                            "DELETE FROM migration",
                            "UPDATE verdict_vintage SET vintage_id = 7",
                            "DELETE FROM verdict_vintage"})
        CHECK_THAT(message_of([&] { database.exec(sql); }), Contains("append-only"));
    CHECK(fixture.read() == "1/2016=1");
}

TEST_CASE("the observation views agree with the store's own reads", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016", "2017"}, {{"9", {"282", ":"}}}), "2018-04-01");
    fixture.accept(release_of({"2016", "2017"}, {{"9", {"284.50", ":"}}}), "2019-11-01");

    CHECK(
        fixture.sql("SELECT group_concat(period || '=' || coalesce(value, status), ' ') FROM current_observation") ==
        "2016=284.5 2017=:");
    CHECK(fixture.sql("SELECT codes || ' ' || label || ' ' || unit || ' ' || decimals || ' ' || published_at"
                      " FROM current_observation WHERE dataset = 'drop/table' AND period = '2016'") ==
          R"({"nr":"9"} Row 9 kroner 2 2019-11-01T00:00:00Z)");
    CHECK(
        fixture.sql("SELECT group_concat(value || ' ' || published_from || ' ' || coalesce(published_to, '-') || ' '"
                    " || known_from || ' ' || coalesce(known_to, '-'), ' / ')"
                    " FROM observation_history WHERE period = '2016'") ==
        "282.0 2018-04-01T00:00:00Z 2019-11-01T00:00:00Z 2020-01-01T13:00:00Z 2020-01-01T14:00:00Z / "
        "284.5 2019-11-01T00:00:00Z - 2020-01-01T14:00:00Z -");
}

TEST_CASE("health and open flags are views too", "[store]")
{
    StoreFixture fixture;
    RunStore(fixture.store).start("job");
    Flag flag;
    flag.key = "threshold/9/2017";
    flag.id = FlagStore(fixture.store).raise(flag);

    CHECK(fixture.sql("SELECT job || ' ' || last_outcome || ' ' || failures_in_row FROM source_health") ==
          "job running 0");
    CHECK(fixture.sql("SELECT key FROM open_flag") == "threshold/9/2017");
    flag.state = FlagState::closed;
    FlagStore(fixture.store).change(flag, "closed");
    CHECK(fixture.sql("SELECT count(*) FROM open_flag") == "0");
}
