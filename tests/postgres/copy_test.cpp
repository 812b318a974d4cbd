// A store is copied between engines, and is the same there.
#include "store/copy_store.hpp"
#include "tests/store/table_rows.hpp"
#include "tests/store/told_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/postgres_server.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

TEST_CASE("a store goes to PostgreSQL and comes back as it was", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const Told told;
    const TempDir folder;
    const auto there = place_of(folder / "state", server->new_database());
    const StorePlace back(folder / "back");
    const auto of_server = copy_store(told.place, there, told.clock);
    const auto of_file = copy_store(there, back, told.clock);
    const auto original = told.verify();
    for (const auto& found : {of_server, of_file}) {
        CHECK(found.wrong == std::vector<std::string>());
        CHECK(found.vintages == original.vintages);
        CHECK(found.cells == original.cells);
        CHECK(found.payloads == original.payloads);
        CHECK(found.content_head == original.content_head);
        CHECK(found.log_head == original.log_head);
    }
    const StoreSession copy(back, StoreSession::Access::read, told.clock);
    CHECK(table_rows(copy.database()) == table_rows(told.store.database()));
    CHECK_THAT(message_of([&] { copy_store(back, there, told.clock); }), Contains("there is a store already"));

    const StoreSession on_server(there, StoreSession::Access::write, told.clock); // which goes on behind its ids
    const auto payload = PayloadStore(on_server).store("more", "text/csv", "x");
    const auto release = release_of({"2016"}, {{"9", {"300"}}, {"new", {"1"}}});
    CHECK(VintageStore(on_server).ingest(release, published("2019-01-01"), Origin::drop, payload, 0).vintage->id ==
          3);
    CHECK(StoreMaintenance(on_server).verify().wrong == std::vector<std::string>());
}
