// Every statement of the store, held against the common subset of engines and prepared on each.
#include "base/text.hpp"
#include "store/sqlite/sqlite_database.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/source_tree.hpp"

#include <fmt/format.h>

#include <regex>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

struct Sql {
    std::string file;
    std::string text;
};

/// One string literal at `at`, and where it ends; nothing where none begins there.
std::optional<std::pair<std::string, std::size_t>> literal_at(const std::string& source, std::size_t at)
{
    if (source.compare(at, 3, "R\"(") == 0) {
        const auto end = source.find(")\"", at);
        return std::pair(source.substr(at + 3, end - at - 3), end + 2);
    }
    if (source[at] != '"')
        return std::nullopt;
    auto end = at + 1;
    while (end < source.size() && source[end] != '"')
        end += source[end] == '\\' ? 2 : 1;
    return std::pair(source.substr(at + 1, end - at - 1), end + 1);
}

/// The literals of a source, those that stand one after another joined as the compiler joins them.
std::vector<std::string> literals(const std::string& source)
{
    std::vector<std::string> found;
    bool goes_on = false;
    for (std::size_t at = 0; at < source.size();) {
        const auto literal = literal_at(source, at);
        if (literal) {
            if (goes_on)
                found.back() += literal->first;
            else
                found.push_back(literal->first);
            goes_on = true;
            at = literal->second;
        } else if (source.compare(at, 2, "//") == 0) {
            at = std::min(source.find('\n', at), source.size());
        } else if (source.compare(at, 3, "'\"'") == 0) {
            at += 3;
        } else {
            goes_on = goes_on && std::isspace(static_cast<unsigned char>(source[at])) != 0;
            ++at;
        }
    }
    return found;
}

bool is_statement(const std::string& text)
{
    static const std::regex verb(R"(^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH)\s)");
    return std::regex_search(text, verb);
}

std::vector<Sql> statements()
{
    std::vector<Sql> found;
    for (const auto& entry : std::filesystem::directory_iterator(SKURD_SOURCE_DIR "/src/store"))
        if (entry.path().extension() == ".cpp")
            for (auto& text : literals(read_file(entry.path())))
                if (is_statement(text))
                    found.push_back({entry.path().filename().string(), std::move(text)});
    return found;
}

/// Whether a call of the function has two arguments: `max` of one is an aggregate, of two it is SQLite's own.
bool has_two_arguments(const std::string& sql, const std::string& function)
{
    for (auto at = sql.find(function + "("); at != std::string::npos; at = sql.find(function + "(", at + 1)) {
        int depth = 0;
        for (auto i = at + function.size(); i < sql.size(); ++i) {
            depth += sql[i] == '(' ? 1 : sql[i] == ')' ? -1 : 0;
            if (depth == 0)
                break;
            if (depth == 1 && sql[i] == ',')
                return true;
        }
    }
    return false;
}

/// What of a statement not every engine understands; "" where all do.
std::string outside_the_subset(const std::string& sql)
{
    static const std::vector<std::pair<std::string, std::regex>> patterns = [] {
        std::vector<std::pair<std::string, std::regex>> made;
        for (const char* pattern :
             {R"(\?)", "::", "->", R"(\biif\s*\()", R"(\bINSERT OR\b)", R"(\bREPLACE INTO\b)", R"(\bGLOB\b)",
              R"(\browid\b)", R"(\bjson_)", R"(\bgroup_concat\b)", R"(\bPRAGMA\b)", R"(\bpragma_)", R"(\bsqlite_)",
              R"(\bLIMIT -1\b)", R"(\b(date|time|datetime|julianday|strftime)\s*\()", R"(\bON CONFLICT DO\b)",
              R"(\blast_insert_rowid\b)", R"(\bifnull\s*\()", R"([{}])"})
            made.emplace_back(pattern, std::regex(pattern, std::regex::icase));
        return made;
    }();
    for (const auto& [text, pattern] : patterns)
        if (std::regex_search(sql, pattern))
            return text;
    for (const char* function : {"max", "min"})
        if (has_two_arguments(sql, function))
            return std::string(function) + " of two values";
    static const std::regex insert_select(R"(^\s*INSERT[^;]*\bSELECT\b[^;]*\bON CONFLICT\b)");
    if (std::regex_search(sql, insert_select) && sql.find("WHERE true") == std::string::npos)
        return "INSERT ... SELECT ... ON CONFLICT without WHERE true";
    return "";
}

/// The statement; of the head of a bulk insert, which the engine completes, one with a row.
std::string whole(const std::string& sql)
{
    const bool is_head = is_statement(sql) && sql.ends_with(")") && sql.starts_with("INSERT INTO") &&
                         sql.find("VALUES") == std::string::npos && sql.find("SELECT") == std::string::npos;
    if (!is_head)
        return sql;
    std::string row;
    for (auto i = std::count(sql.begin(), sql.end(), ','); i >= 0; --i)
        row += row.empty() ? "NULL" : ", NULL";
    return sql + " VALUES (" + row + ")";
}

} // namespace

TEST_CASE("every statement of the store is in the subset, and prepares on the engine", "[store]")
{
    StoreFixture fixture;
    auto& database = fixture.store.database();
    const auto all = statements();
    CHECK(all.size() > 100);
    for (const auto& sql : all) {
        INFO(sql.file << ": " << sql.text);
        CHECK(outside_the_subset(sql.text) == "");
        CHECK(message_of([&] { Statement(database, whole(sql.text)); }) == "");
    }
}

TEST_CASE("no statement of the store is put together at run time", "[store]")
{
    // A statement is given as a literal, or as a constant that is one.
    static const std::regex composed(R"(Statement[ a-z_]*\([^;"]*(fmt::format|std::string)\()");
    for (const auto& entry : std::filesystem::directory_iterator(SKURD_SOURCE_DIR "/src/store"))
        if (entry.path().extension() == ".cpp") {
            INFO(entry.path());
            CHECK_FALSE(std::regex_search(read_file(entry.path()), composed));
        }
}

TEST_CASE("what is outside the subset is found", "[store]")
{
    for (const char* sql : {"SELECT max(1, 2)", "SELECT min((SELECT 1), 2)", "SELECT 1 WHERE 1 = ?", "SELECT a->>'b'",
                            "INSERT OR IGNORE INTO x VALUES (1)", "SELECT json_object()", "SELECT rowid FROM x",
                            "INSERT INTO x SELECT 1 ON CONFLICT (a) DO NOTHING"})
        CHECK(outside_the_subset(sql) != "");
    for (const char* sql : {"SELECT max(coalesce(a, 1)) FROM x", "UPDATE x SET a = $1 WHERE b = $2",
                            "INSERT INTO x SELECT 1 WHERE true ON CONFLICT (a) DO NOTHING"})
        CHECK(outside_the_subset(sql) == "");
    CHECK(literals(R"x(a("one" " two", R"(three)") // "four")x") == std::vector<std::string>{"one two", "three"});
}

TEST_CASE("parameters are bound by their number, wherever they stand, and none may be missed out", "[store]")
{
    StoreFixture fixture;
    auto& database = fixture.store.database();
    Statement swapped(database, "SELECT $2, $1, $2");
    REQUIRE(swapped.bind("first", "second").step());
    CHECK(swapped.text(0) + " " + swapped.text(1) + " " + swapped.text(2) == "second first second");
    CHECK_THAT(message_of([&] { Statement(database, "SELECT $1, $3"); }), Contains("$2 is missing"));
    CHECK_THAT(message_of([&] { Statement(database, "SELECT ?"); }), Contains("$1 is missing"));
}
