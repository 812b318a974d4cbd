// The property that versions stand on (tests/version), on PostgreSQL.
#include "store/maintenance.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/version/store_on_trial.hpp"
#include "tests/version/trial.hpp"

using namespace skurd;
using namespace skurd::test;

TEST_CASE("a store on PostgreSQL answers every as-of question as a full copy of every release does", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    StoreOnTrial tried(server->new_database());
    check_sequences(tried, SKURD_SEQUENCES / 200, Sort::placed);
    check_sequences(tried, SKURD_SEQUENCES / 200, Sort::live);
    check_sequences(tried, SKURD_SEQUENCES / 200, Sort::mixed);
}

TEST_CASE("whatever came in whatever order, the store on PostgreSQL is in order", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    StoreOnTrial tried(server->new_database());
    std::size_t vintages = 0;
    for (unsigned seed = 20180401; seed < 20180401 + 5; ++seed) {
        tried.begin();
        for (const auto& planned : SequenceMaker(seed).sequence())
            if (!planned.said.empty())
                tried.ingest(planned);
        const auto found = StoreMaintenance(tried.session()).verify();
        tried.end();
        vintages += found.vintages;
        INFO("seed " << seed);
        CHECK(found.wrong == std::vector<std::string>());
    }
    CHECK(vintages > 10);
}
