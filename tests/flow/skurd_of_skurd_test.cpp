// A skurd that harvests another skurd over HTTP: by the connector for PxWebApi, from the dialect of the read API.
#include "serve/tcp_server.hpp"
#include "tests/page/page_fixture.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/store_engine.hpp"

#include <map>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

/// A store that is served on 127.0.0.1, and an installation that asks it.
struct TwoSkurds {
    explicit TwoSkurds(StoreFixture& source) : pages(source.folder.path())
    {
        std::vector<TcpListener> listeners;
        listeners.emplace_back(TcpAddress{"127.0.0.1", 0});
        port = listeners.front().address().port;
        server.emplace(std::move(listeners), *pages.queue, api_routes(pages.reader, pages.host),
                       [] { return TcpAccess(); });
        write_file(folder / "skurd.toml", "[fetch]\nallow_private = [\"127.0.0.1\"]\nallow_http = [\"127.0.0.1\"]\n"
                                          "tries = 1\n[jobs]\nshipped = false\n");
    }

    void write_job(const std::string& id, const std::string& more, const std::string& dataset) const
    {
        write_file(
            folder / "schedules" / (id + ".toml"),
            fmt::format("[job]\nconnector = \"pxweb\"\nschedule = \"20 8 * * 1-5\"\n[source]\n"
                        "base_url = \"http://127.0.0.1:{}/pxweb/v2\"\ntable = \"drop.table\"\nname = \"other\"\n"
                        "dataset = \"{}\"\n{}[source.symbols]\n\":\" = \"confidential\"\n"
                        "[source.select]\n\"*\" = [\"*\"]\n",
                        port, dataset, more));
    }

    std::string harvest(const std::string& id) const
    {
        const auto ended =
            skurd::test::skurd(folder / "state", {"harvest", id, "--config", (folder / "skurd.toml").string()});
        INFO(ended.out << ended.err);
        CHECK(ended.exit == 0);
        return ended.out;
    }

    TempDir folder;
    ServedPages pages;
    std::uint16_t port = 0;
    std::optional<TcpServer> server;
};

/// Every cell that has been published and not been withdrawn, as text.
std::map<std::string, std::string> cells_of(const StoreSession& store, const std::string& dataset, const AsOf& as_of)
{
    std::map<std::string, std::string> cells;
    for (const auto& seen : ObservationStore(store).as_of(Selector::parse(dataset), as_of))
        if (seen.value.symbol.meaning != Meaning::withdrawn)
            cells[codes_text(seen.codes) + " " + seen.period.text()] =
                StoreFixture::word(seen.value) + " " + std::string(to_string(seen.value.symbol.meaning)) + " " +
                seen.label + " " + seen.unit + " " + format_time(seen.published_at);
    return cells;
}

const std::map<std::string, std::vector<std::string>> first_rows = {
    {"0301", {"1.50", "2", ":"}}, {"1103", {"", "3*", "missing"}}, {"a b,c/æ", {"-0.05", "", "12345678901.25"}}};

} // namespace

TEST_CASE("another skurd's dataset is harvested with every value, and again only when it has changed", "[flow][long]")
{
    for (const std::vector<std::string>& periods : {std::vector<std::string>{"2016", "2017", "2018"},
                                                    {"2016Q3", "2016Q4", "2017Q1"},
                                                    {"2016M01", "2016M02", "2016M12"},
                                                    {"2016/2017", "2017/2018", "2018/2019"},
                                                    {"2014-2016", "2015-2017", "2016-2018"},
                                                    {"2016H1", "2016H2", "2017H1"},
                                                    {"2016W01", "2016W52", "2017W01"}}) {
        StoreFixture source;
        source.clock.advance(std::chrono::days(2523)); // to the day of the server's clock
        source.accept(release_of(periods, first_rows), "2019-01-01T07:00:00Z");
        const TwoSkurds here(source);
        here.write_job("whole", "", "table");
        CHECK_THAT(here.harvest("whole"), Contains("new vintage"));
        const auto there = cells_of(source.store, "drop/table", {});
        REQUIRE(there.size() == 7);
        INFO(periods.front());
        {
            const StoreSession mine(store_of(here.folder / "state"), StoreSession::Access::read, source.clock);
            auto wanted = there;
            CHECK(cells_of(mine, "other/table", {}) == wanted);
        }
        CHECK_THAT(here.harvest("whole"), Contains("nothing new"));
        if (periods.front() != "2016")
            continue;
        source.accept(release_of(periods, {{"0301", {"1.55", "2", ":"}}}), "2019-02-01T07:00:00Z");
        CHECK_THAT(here.harvest("whole"), Contains("new vintage"));
        const StoreSession mine(store_of(here.folder / "state"), StoreSession::Access::read, source.clock);
        const auto read = cells_of(mine, "other/table", {});
        CHECK_THAT(read.at("nr=0301 2016"), Contains("1.55"));
        CHECK(read.size() == there.size());
    }
}

TEST_CASE("another skurd's past states are harvested, and put where they were published", "[flow]")
{
    StoreFixture source;
    source.accept(release_of({"2016", "2017", "2018"}, first_rows), "2019-01-01T07:00:00Z");
    source.accept(release_of({"2016", "2017", "2018", "2019"}, {{"0301", {"1.55", "2", ":", "4"}}}),
                  "2019-02-01T07:00:00Z");
    source.accept(release_of({"2016"}, {{"0301", {"1.60"}}}), "2019-03-01T07:00:00Z");
    const TwoSkurds here(source);
    here.write_job("now", "", "table");
    CHECK_THAT(here.harvest("now"), Contains("new vintage"));
    here.write_job("then", "as_of = \"2019-01-15\"\n", "table");
    CHECK_THAT(here.harvest("then"), Contains("new vintage"));
    const StoreSession mine(store_of(here.folder / "state"), StoreSession::Access::read, source.clock);
    for (const auto& as_of : {AsOf{at("2019-01-15"), {}}, AsOf{}}) {
        auto wanted = cells_of(source.store, "drop/table", as_of);
        auto read = cells_of(mine, "other/table", as_of);
        CHECK(read.size() == wanted.size());
        for (auto* cells : {&wanted, &read})
            for (auto& [place, text] : *cells)
                text.erase(text.rfind(' ')); // the present was published at once here, and in three releases there
        CHECK(read == wanted);
    }
    std::vector<std::string> origins;
    for (const auto& vintage : VintageStore(mine).list("other/table"))
        origins.push_back(format_date(vintage.published.published_at) + " " + std::string(to_string(vintage.origin)));
    CHECK(origins == std::vector<std::string>{"2019-01-01 import", "2019-03-01 harvest"});
}
