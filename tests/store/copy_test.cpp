// A store is copied whole or not at all. Between engines: tests/postgres/copy_test.cpp.
#include "store/copy_store.hpp"
#include "tests/store/table_rows.hpp"
#include "tests/store/told_store.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

TEST_CASE("a store knows all its tables, each behind those that it points to", "[store]")
{
    StoreFixture fixture;
    auto& database = fixture.store.database();
    std::vector<std::string> known(store_tables().begin(), store_tables().end());
    for (std::size_t i = 0; i < known.size(); ++i) {
        Statement row(database, "SELECT \"table\" FROM pragma_foreign_key_list($1)");
        row.bind(known[i]);
        while (row.step()) {
            const auto at = std::find(known.begin(), known.end(), row.text(0));
            INFO(known[i] << " points to " << row.text(0));
            CHECK((at < known.begin() + static_cast<std::ptrdiff_t>(i) || known[i] == "run")); // its vintage
        }
    }
    std::sort(known.begin(), known.end());
    std::vector<std::string> there;
    Statement row(database,
                  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite#_%' ESCAPE '#'"
                  " ORDER BY name");
    while (row.step())
        there.push_back(row.text(0));
    CHECK(known == there);
}

TEST_CASE("a copy of a store answers as it does, and is harvested on with", "[store]")
{
    const Told told;
    const TempDir folder;
    const StorePlace place(folder / "copy");
    const auto found = copy_store(told.place, place, told.clock);
    CHECK(found.vintages == 2);
    CHECK(found.wrong == std::vector<std::string>());
    CHECK(found.content_head == told.verify().content_head);
    CHECK(found.log_head == told.verify().log_head);
    {
        const StoreSession copy(place, StoreSession::Access::write, told.clock);
        CHECK(table_rows(copy.database()) == table_rows(told.store.database()));
        const auto payload = PayloadStore(copy).store("more", "text/csv", "x");
        const auto release = release_of({"2016"}, {{"9", {"300"}}});
        CHECK(VintageStore(copy).ingest(release, published("2019-01-01"), Origin::drop, payload, 0).vintage->id == 3);
        CHECK(StoreMaintenance(copy).verify().wrong == std::vector<std::string>());
    }
    CHECK_THAT(message_of([&] { copy_store(told.place, place, told.clock); }), Contains("there is a store already"));
    CHECK_THAT(message_of([&] { copy_store(told.place, told.place, told.clock); }), Contains("than its own"));
}

TEST_CASE("of a store with damage nothing is copied", "[store]")
{
    const Told told;
    told.forge("UPDATE observation SET value = 1 WHERE vintage_id = 1");
    const TempDir folder;
    const StorePlace place(folder / "copy");
    CHECK_THAT(message_of([&] { copy_store(told.place, place, told.clock); }),
               Contains("cannot be copied") && Contains("its numbers are not those that were ingested"));
    const StoreSession empty(place, StoreSession::Access::read, told.clock);
    CHECK(empty.database().integer("SELECT count(*) FROM observation") == 0);
    CHECK(empty.database().integer("SELECT count(*) FROM dataset") == 0);
}
