// Configuration, jobs and catalogue that change under a daemon, or are wrong when it starts.
#include "base/error.hpp"
#include "daemon/workspace.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <filesystem>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

constexpr auto drop_job = "[job]\nconnector = \"drop\"\n[source]\nfiles = \"x-*.csv\"\npublished = \"2020-01-02\"\n"
                          "[layout]\nperiods = '^\\d{4}$'\n[[layout.series]]\ncolumn = \"nr\"\n";
constexpr auto wrong_job = "[job]\nconnector = \"drop\"\n[source]\nfiels = \"x-*.csv\"\n";

constexpr auto own_indicator = R"([part]
id = "own"
nb = "Egen"
en = "Own"
[[indicator]]
number = 900
label = { nb = "Tall", en = "Number" }
type = "effect"
kind = "number"
unit = "things"
direction = "up"
baseline = "2018"
source = "X"
[[indicator.definition]]
from = "2000-01-01"
formula = "drop/first{nr=1}"
)";

struct Scene {
    Scene()
    {
        configure("");
        write_file(folder / "schedules/first.toml", drop_job);
    }

    void configure(const std::string& more, const std::string& jobs = "shipped = false\n") const
    {
        write_file(folder / "skurd.toml", "[jobs]\n" + jobs + more);
    }
    void add_job(const std::string& id, const std::string& text) const
    {
        write_file(folder / "schedules" / (id + ".toml"), text);
    }
    Installation installation() const
    {
        return find_installation((folder / "skurd.toml").string(), (folder / "state").string());
    }

    TempDir folder;
    ManualClock clock{"2020-06-01"};
};

std::vector<std::string> ids(const Workspace& workspace)
{
    std::vector<std::string> all;
    for (const auto& job : workspace.jobs->jobs)
        all.push_back(job.job.id);
    return all;
}

} // namespace

TEST_CASE("jobs, configuration and catalogue are read anew while the daemon goes on", "[daemon]")
{
    Scene here;
    Workspace workspace(here.installation(), here.clock);
    const auto before = workspace.jobs;
    here.add_job("second", drop_job);
    here.configure("[store]\nwithdrawn_percent = 7\n");
    const auto indicators = workspace.catalogue.indicators.size();
    write_file(here.folder / "indicators/own.toml", own_indicator);
    const auto mistakes = workspace.reload();
    CHECK(mistakes == std::vector<std::string>());
    CHECK(ids(workspace) == std::vector<std::string>{"first", "second"});
    CHECK(workspace.settings.store.accept.withdrawn_percent_max == 7);
    CHECK(workspace.catalogue.indicators.size() == indicators + 1);
    CHECK(before->jobs.size() == 1); // a run that goes on still has its job
}

TEST_CASE("where anything is wrong all stays as it was, and every mistake is told", "[daemon]")
{
    Scene here;
    Workspace workspace(here.installation(), here.clock);
    here.add_job("second", drop_job);
    here.add_job("wrong", wrong_job);
    here.configure("[store]\nwithdrawn_precent = 7\n");
    const auto mistakes = workspace.reload();
    CHECK(mistakes.size() >= 2);
    CHECK_THAT(mistakes.front(), Contains("skurd.toml:4: ") && Contains("withdrawn_precent"));
    CHECK_THAT(mistakes.back(), Contains("wrong.toml:"));
    CHECK(ids(workspace) == std::vector<std::string>{"first"});

    here.configure("[store\n");
    REQUIRE(workspace.reload().size() == 1);
    CHECK(ids(workspace) == std::vector<std::string>{"first"});

    here.configure("");
    std::filesystem::remove(here.folder / "schedules/wrong.toml");
    CHECK(workspace.reload().empty());
    CHECK(ids(workspace) == std::vector<std::string>{"first", "second"});
}

TEST_CASE("a job file that is wrong at the start stops no other job, and none runs in its place", "[daemon]")
{
    Scene here;
    here.configure("", "");
    here.add_job("ssb-cpi", wrong_job);
    const Workspace workspace(here.installation(), here.clock, WrongFiles::left_out);
    CHECK(workspace.jobs->jobs.size() > 50); // those that come with skurd, and ours
    CHECK_NOTHROW(workspace.jobs->find("first"));
    CHECK_THROWS_WITH(workspace.jobs->find("ssb-cpi"),
                      Contains("the job 'ssb-cpi' is not fit to run: ") && Contains("ssb-cpi.toml:"));
}

TEST_CASE("a catalogue that is wrong at the start leaves the one that was in force last", "[daemon]")
{
    Scene here;
    const auto own = here.folder / "indicators/own.toml";
    write_file(own, "[[indicator]]\nid = 900\n");
    CHECK_THROWS_AS(Workspace(here.installation(), here.clock, WrongFiles::left_out), Error); // there is none yet
    std::filesystem::remove(own);
    const auto hash = Workspace(here.installation(), here.clock).catalogue.hash;
    write_file(own, "[[indicator]]\nid = 900\n");
    const Workspace workspace(here.installation(), here.clock, WrongFiles::left_out);
    CHECK(workspace.catalogue.hash == hash);
}
