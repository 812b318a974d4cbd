#include "tests/sim/sim_commands.hpp"

#include "base/error.hpp"
#include "tests/sim/bare_client.hpp"
#include "tests/sim/fault.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;
using test::body_of;
using test::get;
using test::ManualClock;
using test::status_of;

namespace {

using LocalizedText = std::vector<std::string>;

std::string host(const sim::StartedSim& started)
{
    return started.url.substr(0, started.url.find('/', 7));
}

} // namespace

TEST_CASE("skurd-sim starts each simulator by its name, and a statbank without one", "[sim]")
{
    const test::TempDir folder;
    test::write_file(folder / "a.csv", "a;b");
    ManualClock clock("2025-03-03T08:20:00Z");
    const std::string tables = SKURD_SOURCE_DIR "/tests/sim/tables";
    const auto plain = sim::start_sims({"--limit", "0", "--table", tables + "/07459.toml"}, clock);
    const auto v1 = sim::start_sims({"ssb", "--only", "v1", "--many", "60"}, clock);
    const auto fhi = sim::start_sims({"fhi", "--errors", "message", "--no-bom"}, clock);
    const auto files = sim::start_sims({"files", folder.path().string()}, clock);
    const auto all = sim::start_sims({"all"}, clock);
    CHECK(status_of(get(host(plain[0]), "/api/pxwebapi/v2/tables/07459")) == 200);
    CHECK(status_of(get(host(v1[0]), "/api/v0/no/table/20060")) == 200);
    CHECK(status_of(get(host(v1[0]), "/api/pxwebapi/v2/tables")) == 404);
    CHECK(v1[0].url.ends_with("/api/v0"));
    CHECK(body_of(get(host(fhi[0]), "/api/open/v1/x/Table")) == R"({"message":"No such source"})");
    CHECK(body_of(get(host(files[0]), "/a.csv")) == "a;b");
    CHECK(all.size() == 4);
    CHECK(status_of(get(host(all[1]), "/api/open/v1/daar/Table/325")) == 200);
}

TEST_CASE("skurd-sim proxy stands before another simulator", "[sim]")
{
    ManualClock clock("2025-03-03T08:20:00Z");
    const auto ssb = sim::start_sims({}, clock);
    const auto proxy = sim::start_sims({"proxy", "--to", ssb[0].url, "--fault", "html", "--every", "2"}, clock);
    const std::string config = "/api/pxwebapi/v2/config";
    const auto first = get(host(proxy[0]), config);
    const auto second = get(host(proxy[0]), config);
    CHECK(body_of(first) == body_of(get(host(ssb[0]), config)));
    CHECK(body_of(second).starts_with("<!DOCTYPE html>"));
}

TEST_CASE("skurd-sim refuses what it does not understand", "[sim]")
{
    struct Row {
        LocalizedText words;
        std::string message;
    };
    const auto row = GENERATE(values<Row>({
        {{"scb"}, "there is no simulator 'scb'; see skurd-sim --help"},
        {{"--tabel", "x"}, "unknown option '--tabel' here; see skurd-sim --help"},
        {{"nki", "--limit", "1"}, "unknown option '--limit' here; see skurd-sim --help"},
        {{"ssb", "--port"}, "'--port' needs a value; see skurd-sim --help"},
        {{"ssb", "--port", "65536"}, "--port: '65536' is not a whole number up to 65535"},
        {{"ssb", "--only", "v3"}, "--only: 'v3' is none of both, v2, v1"},
        {{"ssb", "07459"}, "ssb: what is '07459'? See skurd-sim --help"},
        {{"fhi", "--tables", "/nowhere"}, "--tables: '/nowhere' is not a folder"},
        {{"files"}, "files: give one folder; see skurd-sim --help"},
        {{"proxy", "--fault", "drip"}, "proxy: --to must be like http://127.0.0.1:8001, not ''"},
        {{"proxy", "--to", "http://127.0.0.1:1"}, "proxy: give at least one --fault; see skurd-sim --help"},
        {{"proxy", "--to", "http://127.0.0.1:1", "--fault", "flood"},
         "proxy: there is no fault 'flood'; see skurd-sim --help"},
    }));
    ManualClock clock("2025-03-03T08:20:00Z");
    CHECK_THROWS_WITH(sim::start_sims(row.words, clock), row.message);
}

TEST_CASE("skurd-sim --help names every simulator and fault", "[sim]")
{
    const auto help = sim::sim_help();
    for (const auto* name : {"[ssb]", "fhi", "files DIR", "nki", "hostile", "proxy --to", "all"})
        CHECK(help.find(std::string("skurd-sim ") + name) != std::string::npos);
    for (const auto& known : sim::fault_names())
        CHECK(help.find("\n  " + std::string(known.name) + " ") != std::string::npos);
}
