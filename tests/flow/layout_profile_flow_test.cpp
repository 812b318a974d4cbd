// A layout that jobs share: every command that reads files honours it, and a changed one is a changed job.
#include "daemon/harvester.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/store_engine.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

constexpr auto profile = R"([layout]
separator = ";"
decimal = "."
periods = '^\d{4}$'
[[layout.series]]
column = "nr"
)";

constexpr auto bytes = "nr;2018;2019\n1;1.5;6\n2;7;8\n";

/// Two jobs, one of which reads another column of the same layout, and the profile in a file that is no job.
struct Scene : Installed {
    Scene()
    {
        write_file(folder / "skurd.toml", own_jobs_only);
        write_file(folder / "tall.csv", bytes);
        share(profile);
        for (const std::string id : {"a", "b"})
            write_file(folder / ("schedules/" + id + ".toml"),
                       "[job]\nconnector = \"drop\"\n[source]\nfiles = \"" + id +
                           "-*\"\npublished = \"2020-01-02\"\n[layout]\nfrom = \"shared.toml\"\n");
    }

    void share(const std::string& text) { write_file(folder / "schedules/shared.toml", text); }

    Installation installation() const { return installation_of(folder / "skurd.toml", folder / "state"); }

    /// Takes the file in, and what the run's record says.
    std::string drop()
    {
        Harvester harvester(installation(), clock);
        DropOrder order;
        order.job = "a";
        order.file_name = "a-1.csv";
        order.bytes = bytes;
        return carry_out(harvester, order).runs.at(0).message;
    }

    ManualClock clock{"2020-06-01"};
};

} // namespace

TEST_CASE("a file with a layout alone is no job, and a change of it changes the jobs that have it", "[flow]")
{
    Scene here;
    const auto before = load_jobs(here.installation());
    here.share(std::string(profile) + "[layout.missing]\n\":\" = \"confidential\"\n");
    const auto after = load_jobs(here.installation());
    here.share("[layout]\nseparator = \";\"\nheader = \"x\"\n");
    const auto broken = load_jobs(here.installation());

    CHECK(before.errors.empty());
    REQUIRE(before.jobs.size() == 2);
    REQUIRE(after.jobs.size() == 2);
    CHECK(before.jobs[0].hash != after.jobs[0].hash);
    REQUIRE(broken.errors.size() == 2);
    CHECK_THAT(broken.errors[0], Contains("schedules/shared.toml:3: "));
}

TEST_CASE("the same bytes are decoded again when the layout profile is another", "[flow]")
{
    Scene here;
    const auto first = here.drop();
    const auto same = here.drop();
    here.share(std::string(profile) + "[layout.missing]\n\":\" = \"confidential\"\n");
    const auto other = here.drop();

    CHECK_THAT(first, Contains("4 cells, 4 new"));
    CHECK(same == "the same bytes as the last time");
    CHECK_THAT(other, Contains("4 cells, all as before"));
}

TEST_CASE("a file is decoded with the layout profile of a job, of a job's file, and by itself", "[flow]")
{
    Scene here;
    const auto file = (here.folder / "tall.csv").string();
    const auto schedules = here.folder / "schedules";
    const auto by_job = here.run({"decode", file, "--layout", "a"});
    const auto by_file = here.run({"decode", file, "--layout", (schedules / "a.toml").string()});
    const auto by_profile = here.run({"decode", file, "--layout", (schedules / "shared.toml").string()});
    const auto checked = here.run({"check"});
    here.share("[layout]\nfrom = \"a.toml\"\n");
    const auto refused = here.run({"check"});

    CHECK_THAT(by_job.out, Contains("1.5"));
    CHECK(by_job.err.empty());
    CHECK(by_file.out == by_job.out);
    CHECK(by_profile.out == by_job.out);
    CHECK_THAT(checked.out, Contains("2 jobs, configuration and catalogue are good"));
    CHECK(refused.exit == 2);
    CHECK_THAT(refused.out, Contains("shared.toml:2: a profile has no 'from' of its own"));
}
