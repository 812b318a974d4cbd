#include "run/jobs.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

/// What is wrong with an installation whose only job is this file.
std::vector<std::string> mistakes_in(const std::string& job)
{
    const TempDir folder;
    write_file(folder / "x.toml", job);
    Installation installation;
    installation.schedules = folder.path();
    installation.state = folder.path();
    installation.shipped_jobs = Shipped::left_out;
    auto errors = load_jobs(installation).errors;
    for (auto& error : errors)
        error.erase(0, folder.path().string().size() + 1);
    return errors;
}

} // namespace

TEST_CASE("all mistakes of a job file are told at once, each with its line", "[run]")
{
    const std::string cadences = "never, weekly, monthly, quarterly, tertially, half-yearly, yearly";
    CHECK(mistakes_in("[job]\nconnector = 'drop'\nenabled = 'yes'\nschedule = '20 25 * * *'\ntimezone = 'Oslo'\n"
                      "expects = 'yearli'\nshedule = ''\n[source]\nfiles = 'a.csv'\npublished = 'last year'\n"
                      "[layout]\nformat = 'cvs'\nheader = 'one'\nhedaer = 2\n") ==
          std::vector<std::string>{
              "x.toml:4: cron field 'hour': '25' is not a number from 0 to 23",
              "x.toml:3: 'enabled' must be true or false",
              "x.toml:6: 'expects' cannot be 'yearli' (did you mean 'yearly'?) (known: " + cadences + ")",
              "x.toml:5: unknown time zone 'Oslo' (use a name like Europe/Oslo; see `timedatectl list-timezones`)",
              "x.toml:10: 'last year' is not a date or instant such as '2018-04-01' or '2018-04-01T08:00:00Z'",
              "x.toml:12: 'format' cannot be 'cvs' (known: auto, csv, xlsx, ods, xls, jsonstat, px)",
              "x.toml:13: 'header' must be a whole number from 1 to 1000",
              "x.toml:11: nothing says what identifies a series: give [[layout.series]], 'measures', or both",
              "x.toml:7: unknown key 'shedule' (did you mean 'schedule'?)",
          });
}

TEST_CASE("a mistake that follows from another is not told", "[run]")
{
    CHECK(mistakes_in("[job]\nconector = 'ssb'\nenabled = 3\n[source]\n") ==
          std::vector<std::string>{"x.toml:2: unknown key 'conector' (did you mean 'connector'?)"});
    CHECK(mistakes_in("[job]\nconnector = 7\nenabeld = true\n[source]\ntabel = '1'\n") ==
          std::vector<std::string>{"x.toml:2: 'connector' must be a string"});
    CHECK(mistakes_in("[job]\n[source]\n") == std::vector<std::string>{"x.toml:1: the key 'connector' is missing"});
}
