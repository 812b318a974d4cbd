#pragma once

#include "lib/json/json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

namespace skurd::test {

/// For a configuration: nothing of what comes with the program.
inline constexpr auto own_jobs_only = "[jobs]\nshipped = false\n";
inline constexpr auto own_only = "[jobs]\nshipped = false\n[catalogue]\nshipped = false\n";

/// Of the job `tall`: files tall-*.csv with a column nr and one for each year.
inline constexpr auto tall_job = R"(
[job]
connector = "drop"
[source]
files = "tall-*.csv"
published = "2020-01-02"
[layout]
separator = ";"
periods = '^\d{4}$'
[[layout.series]]
column = "nr"
)";

/// Indicator 7, series 1 of that job, in a file of the catalogue.
inline constexpr auto one_indicator = R"([part]
id = "goal 1"
nb = "Mål 1"
en = "Goal 1"
[[indicator]]
number = 7
label = { nb = "Tall", en = "Number" }
type = "effect"
kind = "number"
unit = "things"
direction = "up"
baseline = "2018"
source = "X"
[[indicator.definition]]
from = "2000-01-01"
formula = "drop/tall{nr=1}"
)";

/// A folder with an empty skurd.toml and a state folder, and the built program run on it.
struct Installed {
    Installed() { write_file(folder / "skurd.toml", ""); }

    std::vector<std::string> with_config(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(), {"--config", (folder / "skurd.toml").string()});
        return arguments;
    }
    Ended run(std::vector<std::string> arguments) const
    {
        return skurd::test::skurd(state, with_config(std::move(arguments)));
    }
    /// What a command prints that must go well.
    std::string out(const std::vector<std::string>& arguments) const
    {
        const auto ended = run(arguments);
        INFO(ended.out << ended.err);
        REQUIRE(ended.exit == 0);
        return ended.out;
    }
    Json json(std::vector<std::string> arguments) const
    {
        arguments.emplace_back("--json");
        return Json::parse(out(arguments));
    }

    TempDir folder;
    std::filesystem::path state = folder / "state";
};

} // namespace skurd::test
