// discover, describe and check --online: what needs nobody to be asked.
#include "lib/json/json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd::test;
using skurd::Json;

namespace {

constexpr auto unconfirmed_job = R"([job]
connector = "drop"
unconfirmed = "the columns' names"
[source]
files = "tall*.csv"
published = "2020-01-02"
[layout]
periods = '^\d{4}$'
[[layout.series]]
column = "nr"
)";

/// An installation with one job that takes files.
struct Scene : Installed {
    Scene()
    {
        write_file(folder / "skurd.toml", own_jobs_only);
        write_file(folder / "schedules/tall.toml", unconfirmed_job);
    }
};

struct Row {
    std::vector<std::string> arguments;
    const char* message; ///< the beginning of what standard error has after "skurd: "
};

const Row wrong_usage[] = {
    {{"discover", "sbb"}, "there is no source 'sbb'"},
    {{"discover", "drop"}, "the source 'drop' (CSV files"},
    {{"describe"}, "name a source and a table (see `skurd discover`)"},
    {{"describe", "tall.csv"}, "tall.csv: there is no such file"},
    {{"describe", "mappe/tall"}, "mappe/tall: there is no such file"},
    {{"describe", "TALL.XLSX", "x"}, "TALL.XLSX: there is no such file"},
    {{"describe", "sbb", "07459", "--job", "--codes", "Tid"}, "give either --job or --codes"},
    {{"describe", "sbb", "07459"}, "there is no source 'sbb'"},
    {{"check", "tall"}, "jobs are named with --online only"},
    {{"check", "--all"}, "--all, --apply and --record are for --online"},
    {{"check", "--record", "x"}, "--all, --apply and --record are for --online"},
    {{"check", "--online", "--all", "tall"}, "give either jobs or --all"},
    {{"check", "--online", "--apply"}, "--apply changes job files: name the jobs, or give --all"},
};

} // namespace

TEST_CASE("wrong use of the commands that look around is told before anything is made", "[app]")
{
    const Scene here;
    for (const auto& row : wrong_usage) {
        const auto ended = here.run(row.arguments);
        INFO(row.message << "\n" << ended.out << ended.err);
        CHECK(ended.exit == 2);
        CHECK(ended.err.rfind("skurd: " + std::string(row.message), 0) == 0);
        CHECK(ended.out.empty());
    }
    CHECK_FALSE(std::filesystem::exists(here.folder / "state"));
}

TEST_CASE("a job that takes files is not checked online, and that is said of one that was named", "[app]")
{
    const Scene here;
    const auto named = here.run({"check", "--online", "tall"});
    const auto all = here.run({"check", "--online"});
    const auto json = here.run({"check", "--online", "--json"});
    const auto unknown = here.run({"check", "--online", "tal"});

    const auto file = (here.folder / "schedules/tall.toml").string();
    const std::string counts = "0 of 1 jobs checked at their sources: 0 lines confirmed, 0 wrong, 0 unsure\n";
    CHECK(named.exit == 0);
    CHECK(named.out == "? " + file + ": not checked: its connector has nobody to ask\n" + counts);
    CHECK(all.exit == 0);
    CHECK(all.out == counts);
    const auto answer = Json::parse(json.out);
    CHECK(answer["ok"] == true);
    REQUIRE(answer["online"].size() == 1);
    CHECK(answer["online"][0]["job"] == "tall");
    CHECK(answer["online"][0]["asked"] == false);
    CHECK(unknown.exit == 2);
    CHECK(unknown.out.find("there is no job 'tal' (did you mean 'tall'?)") != std::string::npos);
}

TEST_CASE("an unconfirmed job is marked in the list of jobs", "[app]")
{
    const Scene here;
    const auto shown = here.run({"jobs"});
    const auto json = here.run({"jobs", "--json"});
    CHECK(shown.out.find("? unconfirmed\n") != std::string::npos);
    CHECK(Json::parse(json.out)[0]["unconfirmed"] == "the columns' names");
}
