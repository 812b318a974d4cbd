// The architecture, enforced: which folder may include which, and which third party may be included where.
#include "tests/support/catch.hpp"
#include "tests/support/source_tree.hpp"
#include "tests/support/temp_dir.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>

using namespace skurd::test;

namespace {

using Folders = std::set<std::string>;

/// Reads the right column of a row of the table "Folders" of ARCHITECTURE.md: names of folders of src or files in
/// them, "nothing", "all above" (rows), "as X" (the row of X), "but X"; brackets and "and" are for people.
Folders allowed_by(const std::string& column, const std::map<std::string, Folders>& above)
{
    Folders allowed;
    std::istringstream words(std::regex_replace(column, std::regex(R"(\([^)]*\)|,|\b(and|all|nothing)\b)"), " "));
    for (std::string word; words >> word;)
        if (word == "above")
            for (const auto& row : above)
                allowed.insert(row.first);
        else if (word == "as" && words >> word)
            allowed.insert(above.at(word).begin(), above.at(word).end());
        else if (word == "but" && words >> word)
            allowed.erase(word);
        else
            allowed.insert(word);
    return allowed;
}

/// Folder -> what it may include beside itself, as ARCHITECTURE.md has it.
std::map<std::string, Folders> read_architecture(const std::string& text)
{
    std::map<std::string, Folders> folders;
    const std::regex row(R"(\n\| \[?([a-z]+)\]?(?:\([^)]*\))? \|[^|\n]*\|([^|\n]*)\|)");
    const auto begin = text.find("| may include |\n");
    REQUIRE(begin != std::string::npos);
    for (std::sregex_iterator at(text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(), row), end; at != end;
         ++at)
        folders.emplace((*at)[1], allowed_by((*at)[2], folders));
    return folders;
}

const std::map<std::string, Folders>& may_include()
{
    static const auto folders = read_architecture(read_file(SKURD_SOURCE_DIR "/ARCHITECTURE.md"));
    return folders;
}

/// Third-party headers and the only folder or file (by path prefix) that may include them. The standard library and
/// POSIX are free; fmt and spdlog are part of base and free above it.
const std::vector<std::pair<std::string, std::string>> third_party = {
    {"toml++", "src/config/"},
    {"curl/", "src/lib/curl/"},
    {"openssl/", "src/lib/openssl/"},
    {"sqlite3", "src/lib/sqlite/"},
    {"libpq", "src/lib/postgres/"},
    {"zstd", "src/lib/zstd/"},
    {"microhttpd", "src/lib/microhttpd/"},
    {"mstch", "src/lib/mstch/"},
    {"orcus/", "src/lib/orcus/"},
    {"zip.h", "src/lib/zip/"},
    {"xlsxwriter", "src/lib/xlsxwriter/"},
    {"unicode/", "src/lib/icu/"},
    {"simdjson", "src/lib/simdjson/"},
    {"date/", "src/lib/tz/"},
    {"nlohmann/", "src/lib/json/"},
    {"boost/", "src/base/exact"},
    {"CLI/", "src/app/"},
    {"httplib", "tests/"},
    {"catch2/", "tests/"},
    {"systemd/", "src/lib/"},
};

/// Parts of our own that one folder alone may include: the engine's seam is in front of the rest.
const std::vector<std::pair<std::string, std::string>> behind_a_seam = {{"lib/sqlite/", "src/store/sqlite/"},
                                                                        {"lib/postgres/", "src/store/postgres/"}};

struct Include {
    std::string path; ///< as written
    bool quoted = false;
};

std::optional<Include> include_in(const std::string& line)
{
    static const std::regex pattern(R"rx(^\s*#\s*include\s*([<"])([^">]+)[">])rx");
    std::smatch match;
    if (!std::regex_search(line, match, pattern))
        return std::nullopt;
    return Include{match[2], match[1] == "\""};
}

std::string folder_of(const std::string& path)
{
    return path.substr(0, path.find('/'));
}

/// Whether one of them is the path or a folder that it is in.
bool is_allowed(const Folders& allowed, const std::string& path)
{
    return std::any_of(allowed.begin(), allowed.end(),
                       [&](const std::string& one) { return path == one || path.starts_with(one + "/"); });
}

/// What is wrong with one include of one file, or "".
std::string objection(const std::string& file, const Include& include)
{
    if (!include.quoted) {
        for (const auto& [header, owner] : third_party)
            if (include.path.starts_with(header) && !file.starts_with(owner))
                return "only " + owner + " may include <" + include.path + ">";
        return "";
    }
    for (const auto& [part, owner] : behind_a_seam)
        if (include.path.starts_with(part) && !file.starts_with(owner) && !file.starts_with("src/" + part))
            return "only " + owner + " may include \"" + include.path + "\"";
    const auto from = folder_of(file.starts_with("src/") ? file.substr(4) : file);
    const auto to = folder_of(include.path);
    if (from == to)
        return "";
    if (!may_include().contains(from))
        return "the folder '" + from + "' is not in the architecture";
    if (include.path.find('/') == std::string::npos)
        return "write the path from the root: \"" + from + "/" + include.path + "\"";
    return is_allowed(may_include().at(from), include.path) ? "" : "'" + from + "' may not include '" + to + "'";
}

std::vector<std::string> objections(const std::vector<SourceFile>& files)
{
    std::vector<std::string> found;
    for (const auto& file : files)
        for (std::size_t i = 0; i < file.lines.size(); ++i)
            if (const auto include = include_in(file.lines[i]))
                if (const auto what = objection(file.path, *include); !what.empty())
                    found.push_back(file.path + ":" + std::to_string(i + 1) + ": " + what);
    return found;
}

} // namespace

TEST_CASE("no folder includes what the architecture forbids")
{
    const auto files = source_files({"src", "connectors"});
    REQUIRE(files.size() > 50);
    for (const auto& what : objections(files))
        FAIL_CHECK(what);
}

TEST_CASE("every folder has its row in the architecture, and rows name folders")
{
    REQUIRE(may_include().size() > 15);
    for (const auto& entry : std::filesystem::directory_iterator(SKURD_SOURCE_DIR "/src"))
        if (entry.is_directory())
            CHECK(may_include().contains(entry.path().filename().string()));
    for (const auto& [folder, allowed] : may_include())
        for (const auto& name : allowed) {
            INFO(folder << " may include " << name);
            CHECK(may_include().contains(folder_of(name)));
        }
}

TEST_CASE("the table of folders is read as it is written")
{
    const auto folders = read_architecture("\n| folder | what | may include |\n|---|---|---|\n"
                                           "| base | x | nothing (std) |\n"
                                           "| [lib](src/lib/README.md) | x | base |\n"
                                           "| view | x | base lib/json |\n"
                                           "| query | x | as view, and view |\n"
                                           "| run | x | all above but query |\n");
    CHECK(folders == std::map<std::string, Folders>{{"base", {}},
                                                    {"lib", {"base"}},
                                                    {"view", {"base", "lib/json"}},
                                                    {"query", {"base", "lib/json", "view"}},
                                                    {"run", {"base", "lib", "view"}}});
}

TEST_CASE("a forbidden include is found with its file and line")
{
    CHECK(objections({{"connectors/x/x.cpp", {"", "#include \"fetch/fetcher.hpp\""}}}) ==
          std::vector<std::string>{"connectors/x/x.cpp:2: 'connectors' may not include 'fetch'"});
    CHECK(objections({{"src/model/x.cpp", {"#include <sqlite3.h>"}}}) ==
          std::vector<std::string>{"src/model/x.cpp:1: only src/lib/sqlite/ may include <sqlite3.h>"});
    CHECK(objections({{"src/store/x.cpp", {"#include \"lib/sqlite/connection.hpp\""}}}) ==
          std::vector<std::string>{
              "src/store/x.cpp:1: only src/store/sqlite/ may include \"lib/sqlite/connection.hpp\""});
    CHECK(objections({{"src/model/x.cpp", {"#  include \"x.hpp\""}}}).size() == 1);
    CHECK(objections({{"src/run/x.cpp", {"#include \"store/store.hpp\"", "#include <string>"}}}).empty());
}

TEST_CASE("only the store speaks SQL")
{
    static const std::regex sql(R"((SELECT\s.*\sFROM\s|INSERT\s+INTO\s|CREATE\s+TABLE\s|DELETE\s+FROM\s))");
    for (const auto& file : source_files({"src", "connectors"}))
        for (std::size_t i = 0; i < file.lines.size(); ++i)
            if (!file.path.starts_with("src/store/") && !file.path.starts_with("src/lib/sqlite/") &&
                std::regex_search(file.lines[i], sql))
                FAIL_CHECK(file.path << ":" << i + 1 << ": SQL outside src/store");
}

TEST_CASE("connectors and pure folders neither read the clock nor do I/O")
{
    static const std::regex forbidden(
        R"(system_clock::now|steady_clock::now|std::ifstream|std::ofstream|sleep_for|fopen\()");
    for (const auto& file : source_files(
             {"connectors", "src/decode", "src/normalise", "src/indicator", "src/flag", "src/model", "src/report"}))
        for (std::size_t i = 0; i < file.lines.size(); ++i)
            if (std::regex_search(file.lines[i], forbidden))
                FAIL_CHECK(file.path << ":" << i + 1 << ": I/O or a clock in a pure folder");
}

TEST_CASE("no two files define a type of the same name, outside unnamed namespaces")
{
    static const std::regex type(R"(^(?:struct|class|enum class) (\w+)(?: final)?(?: : [^;]*)?(?: \{.*)?$)");
    std::map<std::string, std::set<std::string>> files; // by name
    for (const auto& file : source_files({"src", "connectors"})) {
        bool is_unnamed = false;
        for (const auto& line : file.lines) {
            is_unnamed = (is_unnamed || line == "namespace {") && line != "} // namespace";
            std::smatch match;
            if (!is_unnamed && std::regex_match(line, match, type))
                files[match[1]].insert(file.path);
        }
    }
    REQUIRE(files.size() > 200);
    for (const auto& [name, where] : files)
        if (where.size() > 1)
            FAIL_CHECK(name << " is defined in " << *where.begin() << " and in " << *where.rbegin());
}
