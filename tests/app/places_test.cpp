// How many places a command and a report format are added in, beside their own file: one line of a table.
#include "tests/support/catch.hpp"
#include "tests/support/source_tree.hpp"
#include "tests/support/temp_dir.hpp"

#include <regex>

using namespace skurd::test;

namespace {

/// "file:line" of each line below src that the pattern is found in, but for one file.
std::vector<std::string> places(const std::string& pattern, const std::string& own_file)
{
    const std::regex wanted(pattern);
    std::vector<std::string> found;
    for (const auto& file : source_files({"src"}))
        for (std::size_t i = 0; i < file.lines.size() && file.path != own_file; ++i)
            if (std::regex_search(file.lines[i], wanted))
                found.push_back(file.path + ":" + std::to_string(i + 1));
    return found;
}

std::vector<std::string> names_in(const std::string& folder, const std::regex& pattern)
{
    std::vector<std::string> names;
    std::smatch match;
    for (const auto& file : source_files({folder}))
        for (const auto& line : file.lines)
            if (std::regex_search(line, match, pattern))
                names.push_back(match[1]);
    return names;
}

} // namespace

TEST_CASE("a command is a file and one line of the table", "[app]")
{
    const auto commands = names_in("src/app/command", std::regex("^void add_([a-z]+)\\(CLI::App& command, Context"));
    REQUIRE(commands.size() >= 29);
    for (const auto& command : commands) {
        INFO(command);
        const auto file = "src/app/command/" + command + ".cpp";
        CHECK(std::filesystem::exists(SKURD_SOURCE_DIR "/" + file));
        CHECK(places("COMMAND\\(" + command + ",", file).size() == 1);
        CHECK(places("add_" + command + "\\b", file).empty());
        CHECK(read_file(SKURD_SOURCE_DIR "/src/app/CMakeLists.txt").find("/" + command + ".cpp") ==
              std::string::npos);
    }
}

TEST_CASE("a format of reports is a file and one line of the table", "[app]")
{
    const auto formats = names_in("src/report", std::regex("^std::string render_([a-z]+)\\(const Rendering&"));
    REQUIRE(formats.size() >= 6);
    for (const auto& format : formats) {
        INFO(format);
        CHECK(places("FORMAT\\(" + format + ",", "").size() == 1);
        CHECK(places("render_" + format + "\\b", "").size() == 1); // its definition
    }
}
