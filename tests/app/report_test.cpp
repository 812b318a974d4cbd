// The command report: where its bytes go.
#include "lib/json/json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <chrono>

using namespace skurd::test;

namespace fs = std::filesystem;

namespace {

/// A state with the first status report harvested, once for all test cases of this file.
const TempDir& harvested()
{
    static const TempDir folder;
    if (!fs::exists(folder / "state")) {
        const auto file = folder / "state/drop/statusrapport-1.csv";
        fs::create_directories(file.parent_path());
        fs::copy(SKURD_SOURCE_DIR "/deploy/first-harvest/statusrapport-1.csv", file);
        fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(1));
        REQUIRE(skurd::test::skurd(folder / "state", {"harvest", "status-report-1"}).exit == 0);
    }
    return folder;
}

Ended report(std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), {"report", "--set", "1"});
    return skurd::test::skurd(harvested() / "state", arguments);
}

} // namespace

TEST_CASE("a report goes to a file as it would be printed", "[app]")
{
    const auto file = harvested() / "out/report.html";
    fs::create_directories(file.parent_path());
    write_file(file, "older");
    const auto printed = report({"--format", "html"});
    const auto written = report({"--format", "html", "--output", file.string()});
    CHECK(printed.exit == 0);
    CHECK(printed.out.starts_with("<!DOCTYPE html>"));
    CHECK(written.exit == 0);
    CHECK(written.out.empty());
    CHECK(read_file(file) == printed.out);
    CHECK(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()) == 1); // nothing beside
}

TEST_CASE("an xlsx report is a ZIP archive, and the same each time", "[app]")
{
    const auto first = report({"--format", "xlsx"});
    CHECK(first.out.starts_with("PK"));
    CHECK(report({"--format", "xlsx"}).out == first.out);
}

TEST_CASE("a report that cannot be written says why and leaves what is there", "[app]")
{
    const auto gone = report({"--output", (harvested() / "nowhere/report.txt").string()});
    CHECK(gone.exit == 2);
    CHECK(gone.err.find("there is no folder") != std::string::npos);
    const auto folder = report({"--output", (harvested() / "state").string()});
    CHECK(folder.exit == 2);
    CHECK(folder.err.find("is not a file that can be replaced") != std::string::npos);
    const auto device = report({"--output", "/dev/null"});
    CHECK(device.exit == 2);
    CHECK_FALSE(fs::is_regular_file("/dev/null"));
}

TEST_CASE("a report goes to a new file in the current folder", "[app]")
{
    const auto written = report({"--format", "md", "--output", "bare-name.md"});
    CHECK(written.err.empty());
    CHECK(read_file(harvested() / "bare-name.md") == report({"--format", "md"}).out);
}

TEST_CASE("every command that writes CSV writes it for a Norwegian spreadsheet", "[app]")
{
    const auto file = harvested() / "tall.json";
    write_file(file, R"({"version": "2.0", "class": "dataset", "id": ["Region"], "size": [1], "value": [1.5],
                         "dimension": {"Region": {"category": {"index": ["0301"]}}}})");
    const std::vector<std::vector<std::string>> commands = {
        {"report", "--set", "1", "--format", "csv"},
        {"get", "9", "--format", "csv"},
        {"history", "9", "--format", "csv"},
        {"revisions", "9", "--tidy"},
        {"decode", file.string()},
    };
    for (auto command : commands) {
        CAPTURE(command.front());
        const auto usual = skurd::test::skurd(harvested() / "state", command).out;
        command.insert(command.end(), {"--dialect", "rfc4180"});
        CHECK(skurd::test::skurd(harvested() / "state", command).out == usual);
        command.back() = "excel-nb";
        const auto ended = skurd::test::skurd(harvested() / "state", command);
        CHECK(ended.exit == 0);
        CHECK(ended.out.starts_with("\xef\xbb\xbf"));
        const auto head = ended.out.substr(0, ended.out.find('\n'));
        CHECK(head.ends_with('\r'));
        CHECK(head.find(';') != std::string::npos);
        CHECK(head.find(',') == std::string::npos);
    }
    CHECK(skurd::test::skurd(harvested() / "state", {"decode", file.string(), "--dialect", "excel-nb"}).out ==
          "\xef\xbb\xbfRegion;value;status\r\n\"=\"\"0301\"\"\";1,5;\r\n");
}

TEST_CASE("source and licence stand with every number that leaves", "[app]")
{
    const auto out = [](const std::vector<std::string>& command) {
        return skurd::test::skurd(harvested() / "state", command).out;
    };
    const std::string source = "Fafo reports 2018:08, 2019:33 and 2021:17";
    const std::string licence = "facts, without a licence of their own";
    const std::vector<std::vector<std::string>> csv_commands = {
        {"get", "9", "--format", "csv"},
        {"history", "9", "--format", "csv"},
        {"report", "--set", "1", "--as-of", "2018-06-01", "--format", "csv", "--lang", "en"}};
    for (const auto& command : csv_commands) {
        const auto after = command.front() == "report" ? "" : ","; // what a definition leaves out
        CHECK(out(command).ends_with(fmt::format(",\"{}\",\"{}\"{}\n", source, licence, after)));
    }
    for (const std::vector<std::string>& command : {std::vector<std::string>{"get", "9", "--json"},
                                                    {"get", "9", "--format", "jsonstat"},
                                                    {"report", "--format", "json"},
                                                    {"report", "--format", "md", "--lang", "en"},
                                                    {"report", "--format", "html", "--lang", "en"}}) {
        CAPTURE(command);
        CHECK(out(command).find(source) != std::string::npos);
        CHECK(out(command).find(licence) != std::string::npos);
    }
}

TEST_CASE("a dialect is refused where no CSV is written", "[app]")
{
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"report", "--format", "html", "--dialect", "excel-nb"},
          {"get", "9", "--dialect", "rfc4180"},
          {"get", "9", "--json", "--dialect", "excel-nb"},
          {"revisions", "--dialect", "excel-nb"}}) {
        const auto ended = skurd::test::skurd(harvested() / "state", command);
        CHECK(ended.exit == 2);
        CHECK(ended.err.find("--dialect says how CSV is written, and this is none") != std::string::npos);
    }
    CHECK(skurd::test::skurd(harvested() / "state", {"get", "9", "--format", "csv", "--dialect", "excel"}).exit == 2);
}

TEST_CASE("observations are the same in every form for programs", "[app]")
{
    const auto out = [](std::vector<std::string> command, const std::string& form) {
        command.insert(command.end(), {"--format", form});
        const auto ended = skurd::test::skurd(harvested() / "state", command);
        CHECK(ended.exit == 0);
        return ended.out;
    };
    const std::vector<std::vector<std::string>> commands = {
        {"get"}, {"get", "drop/status-report"}, {"history", "9"}, {"get", "9", "--period", "1999"}};
    for (const auto& command : commands) {
        const auto text = out(command, "json");
        const auto json = skurd::Json::parse(text);
        std::string lines;
        for (const auto& row : json)
            lines += skurd::json_line(row) + "\n";
        const auto csv = out(command, "csv");

        CHECK(out(command, "ndjson") == lines);
        CHECK(text == json.dump(2) + "\n");
        CHECK(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')) == json.size() + 1);
    }
    const auto csv = out({"get", "drop/status-report{nr=9}"}, "csv");
    CHECK(csv.starts_with("indicator,definition,dataset,codes,d_nr,d_nr_label,label,"));
}

TEST_CASE("options --json and --format of something else are refused together", "[app]")
{
    const auto ended = skurd::test::skurd(harvested() / "state", {"get", "9", "--json", "--format", "csv"});
    CHECK(ended.exit == 2);
    CHECK(ended.err.find("--json and --format csv ask for two things") != std::string::npos);
    CHECK(skurd::test::skurd(harvested() / "state", {"get", "9", "--json", "--format", "json"}).exit == 0);
}
