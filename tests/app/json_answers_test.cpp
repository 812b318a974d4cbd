// What commands print with --json. skurd() holds every answer of every test against schema/json/commands.schema.json;
// here is what no other test asks for, and that the schema would find what is wrong.
#include "lib/json/json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/json_schema.hpp"
#include "tests/support/temp_dir.hpp"

#include <regex>
#include <set>

using namespace skurd::test;
using Catch::Matchers::Contains;
using skurd::Json;

namespace {

/// The commands that `skurd --help` lists.
std::set<std::string> all_commands(const Installed& here)
{
    const auto help = here.run({"--help"}).out;
    const std::regex line("\n  ([a-z]+) ");
    std::set<std::string> found;
    for (std::sregex_iterator at(help.begin(), help.end(), line), end; at != end; ++at)
        found.insert((*at)[1]);
    return found;
}

constexpr auto sets = R"(
[[set]]
number = 1
title = { nb = "Sett 1", en = "Set 1" }
published = "2020-04-01"
baseline = "2018"
count = 1
members = ["7"]
)";

/// An indicator that reads a table with two releases.
struct Followed : Installed {
    Followed()
    {
        write_file(folder / "skurd.toml", own_only);
        write_file(folder / "schedules/tall.toml", tall_job);
        write_file(folder / "indicators/one.toml", one_indicator);
        write_file(folder / "indicators/sets.toml", sets);
        write_file(folder / "tall-1.csv", "nr;2018;2019\n1;5;7\n");
        write_file(folder / "tall-2.csv", "nr;2018;2019\n1;6;9\n");
        out({"drop", (folder / "tall-1.csv").string(), "--job", "tall"});
        out({"drop", (folder / "tall-2.csv").string(), "--job", "tall", "--published", "2021-01-01"});
    }
};

} // namespace

TEST_CASE("every command but the daemon has a schema of what it prints with --json", "[app]")
{
    auto expected = all_commands(Installed());
    REQUIRE(expected.contains("get"));
    expected.erase("serve");
    std::set<std::string> described;
    const auto schema = shipped_schema("commands");
    for (const auto& [name, one] : schema.at("commands").items())
        described.insert(name);
    CHECK(described == expected);
}

TEST_CASE("what commands print of a store with an indicator fits its schema", "[app]")
{
    const Followed here;
    for (const std::vector<std::string>& command : std::initializer_list<std::vector<std::string>>{
             {"annotations"},
             {"backup", (here.folder / "backup.db").string()},
             {"check"},
             {"config"},
             {"corrections"},
             {"decode", (here.folder / "tall-1.csv").string(), "--layout", "tall"},
             {"describe", (here.folder / "tall-1.csv").string()},
             {"diff", "--from", "2020-06-01", "--to", "2021-06-01"},
             {"discover"},
             {"drift"},
             {"flags"},
             {"get"},
             {"get", "drop/tall{nr=1}"},
             {"history", "7"},
             {"indicators"},
             {"indicators", "7"},
             {"indicators", "--versions"},
             {"init", (here.folder / "new").string()},
             {"jobs"},
             {"notify"},
             {"orders"},
             {"quarantine", "list"},
             {"replay"},
             {"report"},
             {"revisions"},
             {"runs"},
             {"signoff", "--list"},
             {"verdict", "--kind", "share", "40", "42"},
             {"verify"},
             {"why", "7"}})
        CHECK_FALSE(here.json(command).is_null());
}

TEST_CASE("an answer that lacks a member, has one too many or another type is found", "[app]")
{
    const Followed here;
    const auto runs = here.json({"runs"});
    const auto breaks = [&](auto change) {
        auto changed = runs;
        change(changed.at(0));
        try {
            check_answer({"runs", "--json"}, changed.dump());
        } catch (const std::runtime_error&) {
            return true;
        }
        return false;
    };
    CHECK_FALSE(breaks([](Json&) {}));
    CHECK(breaks([](Json& run) { run.erase("cells"); }));
    CHECK(breaks([](Json& run) { run["more"] = 1; }));
    CHECK(breaks([](Json& run) { run["cells"] = "2"; }));
    CHECK(breaks([](Json& run) { run["outcome"] = "good"; }));
    CHECK(breaks([](Json& run) { run["started"] = "yesterday"; }));
    CHECK_THROWS(check_answer({"runs", "--json"}, "{}"));
    CHECK_THROWS(check_answer({"nothing", "--json"}, "{}"));
}

TEST_CASE("with --json an error is JSON on standard error, also one of the command line", "[app]")
{
    const Followed here;
    for (const auto& [command, exit, said] :
         std::initializer_list<std::tuple<std::vector<std::string>, int, const char*>>{
             {{"get", "drop/nothing", "--json"}, 2, "drop/nothing"},
             {{"gett", "--json"}, 2, "did you mean"},
             {{"report", "--format", "html", "--json"}, 2, "leave one out"},
             {{"get", "--format", "csv", "--json"}, 2, "leave one out"}}) {
        const auto ended = here.run(command);
        INFO(ended.err);
        const auto error = Json::parse(ended.err);
        CHECK(ended.out.empty());
        CHECK(ended.exit == exit);
        CHECK(error.at("exit") == exit);
        CHECK_THAT(error.at("error").get<std::string>(), Contains(said));
        CHECK(JsonSchema(shipped_schema("commands").at("$defs").at("error")).errors(error).empty());
    }
    CHECK_THAT(here.run({"get", "drop/nothing"}).err, Catch::Matchers::StartsWith("skurd: "));
}
