// The limits of CONTRIBUTING.md that a machine can see: sizes of files and functions, width of lines.
#include "tests/support/catch.hpp"
#include "tests/support/source_tree.hpp"

using namespace skurd::test;

namespace {

constexpr std::size_t file_lines_max = 500;
constexpr std::size_t function_lines_max = 70;
constexpr std::size_t columns_max = 120;

std::size_t columns(const std::string& line)
{
    return static_cast<std::size_t>(std::count_if(
        line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// The functions longer than the limit, as "path:line: …". With the project's format a function's body begins with a
/// line that is "{" (possibly indented) and ends with "}" at the same indentation.
std::vector<std::string> long_functions(const SourceFile& file)
{
    std::vector<std::string> found;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const auto& line = file.lines[i];
        const auto indent = line.find_first_not_of(' ');
        if (indent == std::string::npos || line.substr(indent) != "{")
            continue;
        const auto close = std::string(indent, ' ') + "}";
        auto end = i + 1;
        while (end < file.lines.size() && file.lines[end] != close)
            ++end;
        if (end - i - 1 > function_lines_max)
            found.push_back(file.path + ":" + std::to_string(i + 1) + ": a function of " +
                            std::to_string(end - i - 1) + " lines");
    }
    return found;
}

} // namespace

TEST_CASE("files, functions and lines stay within the limits")
{
    for (const auto& file : source_files({"src", "connectors", "tests"})) {
        if (file.lines.size() > file_lines_max)
            FAIL_CHECK(file.path << ": " << file.lines.size() << " lines");
        for (std::size_t i = 0; i < file.lines.size(); ++i)
            if (columns(file.lines[i]) > columns_max)
                FAIL_CHECK(file.path << ":" << i + 1 << ": " << columns(file.lines[i]) << " columns");
        if (!file.path.starts_with("tests/"))
            for (const auto& what : long_functions(file))
                FAIL_CHECK(what);
    }
}

TEST_CASE("a function that is too long is found")
{
    SourceFile file{"x.cpp", {"void f()", "{"}};
    for (int i = 0; i < 71; ++i)
        file.lines.emplace_back("    x();");
    file.lines.emplace_back("}");
    CHECK(long_functions(file).size() == 1);
    file.lines.erase(file.lines.begin() + 3);
    CHECK(long_functions(file).empty());
}
