// What it takes to add a connector, a command, an order or a report format: its own files, and a line in one table
// (an order: in two). Each test counts the files that name one of those that are there.
#include "tests/support/catch.hpp"
#include "tests/support/source_tree.hpp"

#include <fmt/format.h>

#include <functional>
#include <regex>
#include <set>

using namespace skurd::test;

namespace {

using Paths = std::set<std::string>;

/// The files of src and connectors in which the pattern is found, but for those that are its own.
Paths places(const std::string& pattern, const std::function<bool(const std::string&)>& is_own)
{
    static const auto files = source_files({"src", "connectors"});
    const std::regex wanted(pattern);
    Paths found;
    for (const auto& file : files)
        for (const auto& line : file.lines)
            if (!is_own(file.path) && std::regex_search(line, wanted))
                found.insert(file.path);
    return found;
}

/// Every first group of the pattern in the files below a folder.
std::set<std::string> names_in(const std::string& folder, const std::string& pattern)
{
    const std::regex wanted(pattern);
    std::set<std::string> names;
    std::smatch match;
    for (const auto& file : source_files({folder}))
        for (const auto& line : file.lines)
            if (std::regex_search(line, match, wanted))
                names.insert(match[1]);
    return names;
}

} // namespace

TEST_CASE("a connector is a folder, and a line of the registry", "[tree]")
{
    const auto names = names_in("connectors", R"(&create_(\w+))");
    REQUIRE(names.size() >= 8);
    for (const auto& name : names) {
        INFO(name);
        // ssb is pxweb with other defaults, and nifu's files are dropped: connectors may build upon each other.
        const auto is_connectors = [](const std::string& path) {
            return path.starts_with("connectors/") && path.find('/', 11) != std::string::npos;
        };
        CHECK(places("\\bcreate_" + name + "\\b", is_connectors) == Paths{"connectors/registry.cpp"});
    }
}

TEST_CASE("a command is a file, and a line of the table", "[tree]")
{
    const auto names = names_in("src/app/command", R"(^void add_(\w+)\(CLI::App& command, Context& context\))");
    REQUIRE(names.size() >= 25);
    for (const auto& name : names) {
        INFO(name);
        const auto own = "src/app/command/" + name + ".cpp";
        const auto pattern = fmt::format(R"(\badd_{0}\(|COMMAND\({0},)", name);
        CHECK(places(pattern, [&](auto& path) { return path == own; }) == Paths{"src/app/commands.cpp"});
    }
}

TEST_CASE("an order is its files, and a line in the tables of parsers and of handlers", "[tree]")
{
    const auto names = names_in("src/order", R"(^struct (\w+Order)\b)");
    REQUIRE(names.size() >= 14);
    for (const auto& name : names) {
        INFO(name);
        // Its own are the file of the order, its handler's, and the command and the page's form that give it.
        const auto is_own = [](const std::string& path) {
            static const std::regex own(
                R"(^src/(order/\w+_orders?\.|daemon/\w+_(handlers?|desk)\.|app/|page/\w+_page\.))");
            return std::regex_search(path, own);
        };
        CHECK(places("\\b" + name + "\\b", is_own) == Paths{"src/daemon/handlers.hpp", "src/order/orders.hpp"});
    }
}

TEST_CASE("a format of reports is a file, and a line of the table", "[tree]")
{
    const auto names = names_in("src/report", R"(^std::string render_(\w+)\(const Rendering&)");
    REQUIRE(names.size() >= 6);
    for (const auto& name : names) {
        INFO(name);
        const auto is_own = [](const std::string& path) { return path.ends_with("_report.cpp"); };
        CHECK(places(fmt::format(R"(\brender_{0}\b|FORMAT\({0},)", name), is_own) == Paths{"src/report/report.cpp"});
    }
}
