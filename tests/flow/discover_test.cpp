// From a word to a harvest: a table is found, shown, a job is written for it and checked against the simulated
// source.
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "lib/json/json.hpp"
#include "tests/sim/sim_ssb.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <regex>

using namespace skurd::test;
using namespace skurd::sim;
using skurd::Json;

namespace {

/// A simulated agency, and an installation without jobs.
struct Scene {
    Scene()
    {
        sim.add_table(SimTable::read(skurd::Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml")));
        write_file(folder / "skurd.toml", "[jobs]\nshipped = false\n[fetch]\nallow_private = [\"127.0.0.1\"]\n"
                                          "allow_http = [\"127.0.0.1\"]\n");
        std::filesystem::create_directories(folder / "schedules");
    }

    Ended run(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(), {"--config", (folder / "skurd.toml").string()});
        return skurd::test::skurd(folder / "state", arguments);
    }

    /// The same with the simulated source's address.
    Ended look(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(), {"--url", sim.base_url()});
        return run(arguments);
    }

    /// Of the only job.
    std::string job_id() const { return Json::parse(run({"jobs", "--json"}).out).at(0)["job"]; }
    std::string job_file() const { return (folder / "schedules/befolkning.toml").string(); }

    ManualClock clock{"2026-01-01"};
    SimSsb sim{clock};
    TempDir folder;
};

/// Without the hours in which Statistics Norway is unreliable: a test runs at any hour.
std::string at_any_hour(const std::string& job)
{
    return skurd::replace_all(job, "[source]\n", "[source]\nblackout = \"none\"\n");
}

/// The job with a code that the table does not have.
std::string with_wrong_code(const std::string& job)
{
    auto text = std::regex_replace(job, std::regex(R"rx((\nRegion *= *\[))rx"), "$1\"9999\", ");
    REQUIRE(text != job);
    return text;
}

std::string marked_unconfirmed(const std::string& job)
{
    auto text = std::regex_replace(job, std::regex(R"rx(\[job\])rx"), "[job]\nunconfirmed = \"everything\"");
    REQUIRE(text != job);
    return text;
}

} // namespace

TEST_CASE("a table is found by a word of its title, and one that is not there is not", "[flow]")
{
    const Scene scene;
    const auto shown = scene.look({"discover", "ssb", "befolkning"});
    const auto json = scene.look({"discover", "ssb", "befolkning", "--json"});
    const auto none = scene.look({"discover", "ssb", "romfart"});
    const auto sources = scene.run({"discover", "--json"});

    INFO(shown.out << shown.err << none.err);
    CHECK(shown.exit == 0);
    CHECK(shown.out.find("07459") != std::string::npos);
    CHECK(shown.out.find("\n1 tables\n") != std::string::npos);
    REQUIRE(Json::parse(json.out).size() == 1);
    CHECK(Json::parse(json.out)[0]["table"] == "07459");
    CHECK(Json::parse(json.out)[0]["discontinued"] == false);
    CHECK(none.exit == 1);
    CHECK(none.out.find("ssb has no table with 'romfart' in its title") == 0);
    CHECK(sources.out.find("\"source\": \"ssb\"") != std::string::npos);
}

TEST_CASE("a table is shown with its dimensions, and every code of one when asked for", "[flow]")
{
    const Scene scene;
    const auto shown = scene.look({"describe", "ssb", "07459"});
    const auto codes = scene.look({"describe", "ssb", "07459", "--codes", "Region"});
    const auto wrong = scene.look({"describe", "ssb", "07459", "--codes", "Regoin"});
    const auto unknown = scene.look({"describe", "ssb", "99999"});

    INFO(shown.out << shown.err << codes.out << codes.err);
    CHECK(shown.exit == 0);
    for (const auto* dimension : {"Region", "Kjonn", "Alder", "ContentsCode", "Tid"})
        CHECK(shown.out.find("\n" + std::string(dimension) + " ") != std::string::npos);
    CHECK(codes.out.find("\n0301  ") != std::string::npos);
    CHECK(wrong.exit == 2);
    CHECK(wrong.err.find("the table has no dimension 'Regoin' (did you mean 'Region'?)") != std::string::npos);
    CHECK(unknown.exit == 1);
    CHECK(unknown.err.find("99999") != std::string::npos);
}

TEST_CASE("the job that describe writes is confirmed by its source and harvests; a code too many is found", "[flow]")
{
    const Scene scene;
    write_file(scene.job_file(), ""); // as a shell's redirection makes it, before the command begins
    const auto job = scene.look({"describe", "ssb", "07459", "--job"});
    REQUIRE(job.exit == 0);
    write_file(scene.job_file(), marked_unconfirmed(at_any_hour(job.out)));
    const auto offline = scene.run({"check"});
    const auto confirmed = scene.run({"check", "--online"});
    const auto harvested = scene.run({"harvest", scene.job_id(), "--json"});
    write_file(scene.job_file(), with_wrong_code(job.out));
    const auto wrong = scene.run({"check", "--online", scene.job_id()});

    INFO(job.out << offline.out << confirmed.out << confirmed.err << harvested.out << harvested.err << wrong.out);
    CHECK(offline.exit == 0);
    CHECK(confirmed.exit == 0);
    CHECK(confirmed.out.find(": confirmed: this line can go\n") != std::string::npos);
    CHECK(confirmed.out.find(" 0 wrong, 0 unsure\n") != std::string::npos);
    CHECK(harvested.exit == 0);
    CHECK(Json::parse(harvested.out)[0]["outcome"] == "new vintage");
    CHECK(wrong.exit == 1);
    CHECK(wrong.out.find(": wrong: ") != std::string::npos);
    CHECK(wrong.out.find("9999") != std::string::npos);
    CHECK(wrong.out.find(" 1 wrong, ") != std::string::npos);
}

TEST_CASE("beside a daemon, sources are asked by the daemon, with the job files as they are now", "[flow]")
{
    const Scene scene;
    Running daemon(scene.folder / "state", {"serve", "--config", (scene.folder / "skurd.toml").string()});
    REQUIRE(daemon.wait_for("serving 0 jobs"));
    const auto job = scene.look({"describe", "ssb", "07459", "--job"});
    write_file(scene.job_file(), job.out);
    const auto checked = scene.run({"check", "--online", scene.job_id()});
    const auto unknown = scene.look({"describe", "ssb", "99999"});
    INFO(job.err << checked.out << checked.err << unknown.err);
    CHECK(job.exit == 0);
    CHECK(checked.exit == 0);
    CHECK(checked.out.find("1 of 1 jobs checked at their sources") != std::string::npos);
    CHECK(unknown.exit == 1);
}
