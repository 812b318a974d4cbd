// Every statement of the store, held against the common subset of engines and prepared on each.
#include "base/text.hpp"
#include "store/engine/dataset_parts.hpp"
#include "store/sqlite/sqlite_database.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/store/store_statements.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/source_tree.hpp"

#include <fmt/format.h>

#include <map>
#include <regex>
#include <set>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

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

/// What stands from `at` on: its parts between commas, up to the end of the parenthesis it is in or one of these
/// words.
std::vector<std::string> parts_from(const std::string& sql, std::size_t at, const std::regex& end)
{
    std::vector<std::string> parts(1);
    int depth = 0;
    for (auto i = at; i < sql.size(); ++i) {
        const auto rest = sql.begin() + static_cast<std::ptrdiff_t>(i);
        const bool is_word = i > at && std::isspace(static_cast<unsigned char>(sql[i - 1])) != 0;
        if (depth == 0 && (sql[i] == ')' || (is_word && std::regex_search(rest, sql.end(), end))))
            break;
        depth += sql[i] == '(' ? 1 : sql[i] == ')' ? -1 : 0;
        if (depth == 0 && sql[i] == ',')
            parts.emplace_back();
        else
            parts.back() += sql[i];
    }
    for (auto& part : parts)
        part = std::string(trim(part));
    return parts;
}

/// The place just behind the SELECT that a GROUP BY belongs to.
std::size_t select_of(const std::string& sql, std::size_t group_by)
{
    int depth = 0;
    for (auto i = group_by; i > 0; --i) {
        depth += sql[i] == ')' ? 1 : sql[i] == '(' ? -1 : 0;
        if (depth == 0 && sql.compare(i - 1, 7, "SELECT ") == 0)
            return i + 6;
    }
    return std::string::npos;
}

/// A column that is selected, but neither grouped by nor in an aggregate; "" where there is none.
std::string bare_column(const std::string& sql)
{
    static const std::regex list_end(R"(^FROM\b)");
    static const std::regex groups_end(R"(^(HAVING|ORDER BY|LIMIT)\b)");
    static const std::regex is_grouped(R"(^\(|\b(count|sum|max|min|avg)\s*\(|^'|^[0-9]|^\$)");
    static const std::regex alias(R"(\s+AS\s+\w+$)");
    constexpr std::string_view words = "GROUP BY ";
    for (auto at = sql.find(words); at != std::string::npos; at = sql.find(words, at + 1)) {
        const auto groups = parts_from(sql, at + words.size(), groups_end);
        for (const auto& part : parts_from(sql, select_of(sql, at), list_end)) {
            const auto column = std::regex_replace(part, alias, "");
            if (std::find(groups.begin(), groups.end(), column) == groups.end() &&
                !std::regex_search(column, is_grouped))
                return column;
        }
    }
    return "";
}

using Nullable = std::map<std::string, std::set<std::string>>;

/// The columns of each table that may be NULL.
Nullable nullable_columns(Database& database)
{
    Nullable found;
    Statement row(database, "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c"
                            " WHERE t.type = 'table' AND c.[notnull] = 0 AND c.pk = 0");
    while (row.step())
        found[row.text(0)].insert(row.text(1));
    return found;
}

/// A column that rows are ordered by which may be NULL without a word on where those stand; "" where there is none.
std::string unplaced_null(const std::string& sql, const Nullable& nullable)
{
    static const std::regex end(R"(^LIMIT\b)");
    static const std::regex table(R"(\b(?:FROM|JOIN)\s+(\w+)(?:\s+AS\s+(\w+))?)");
    static const std::regex column(R"(^(?:(\w+)\.)?(\w+)(?:\s+(?:ASC|DESC))?$)");
    std::multimap<std::string, std::string> tables; // by what a column of it may be written with: "" too
    for (std::sregex_iterator at(sql.begin(), sql.end(), table); at != std::sregex_iterator(); ++at) {
        tables.emplace("", (*at)[1]);
        tables.emplace((*at)[2].matched ? (*at)[2] : (*at)[1], (*at)[1]);
    }
    constexpr std::string_view words = "ORDER BY ";
    for (auto at = sql.find(words); at != std::string::npos; at = sql.find(words, at + 1))
        for (const auto& part : parts_from(sql, at + words.size(), end)) {
            std::smatch term;
            if (!std::regex_match(part, term, column))
                continue;
            const auto [first, last] = tables.equal_range(term[1]);
            for (auto one = first; one != last; ++one)
                if (const auto of = nullable.find(one->second); of != nullable.end() && of->second.contains(term[2]))
                    return part;
        }
    return "";
}

} // namespace

TEST_CASE("every statement of the store is in the subset, and prepares on the engine", "[store]")
{
    StoreFixture fixture;
    auto& database = fixture.store.database();
    const auto nullable = nullable_columns(database);
    const auto all = statements();
    CHECK(all.size() > 100);
    for (const auto& sql : all) {
        INFO(sql.file << ": " << sql.text);
        CHECK(outside_the_subset(sql.text) == "");
        CHECK(bare_column(sql.text) == "");
        CHECK(unplaced_null(sql.text, nullable) == "");
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
    CHECK(bare_column("SELECT a, b AS c, max(d) FROM x GROUP BY a, b ORDER BY a") == "");
    CHECK(bare_column("SELECT id FROM y WHERE id IN (SELECT max(id) FROM x GROUP BY a)") == "");
    CHECK(bare_column("SELECT a, b, max(d) FROM x GROUP BY a LIMIT 1") == "b");
    CHECK(bare_column("SELECT 1 FROM y WHERE a IN (SELECT z.b FROM z GROUP BY z.a)") == "z.b");
    const Nullable nullable = {{"x", {"b"}}, {"y", {"a"}}};
    CHECK(unplaced_null("SELECT a FROM x WHERE a IN (SELECT b FROM x) ORDER BY a DESC, x.a LIMIT 1", nullable) == "");
    CHECK(unplaced_null("SELECT a FROM x ORDER BY b NULLS LAST", nullable) == "");
    CHECK(unplaced_null("SELECT a FROM x ORDER BY a, b DESC LIMIT 1", nullable) == "b DESC");
    CHECK(unplaced_null("SELECT 1 FROM x AS one JOIN y AS two ON one.a = two.a ORDER BY one.a, two.a", nullable) ==
          "two.a");
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

TEST_CASE("a part of a statement that says which dataset is meant is passed over by SQLite, with its parameters",
          "[store]")
{
    StoreFixture fixture;
    auto& database = fixture.store.database();
    const std::string sql = "SELECT $1 + 1 WHERE /*: 1 = $2 AND */ $1 > 0 /*: AND 1 = $3 */";
    CHECK(with_dataset_parts(sql) == "SELECT $1 + 1 WHERE  1 = $2 AND  $1 > 0  AND 1 = $3 ");
    CHECK(without_dataset_parts(sql) == "SELECT $1 + 1 WHERE  $1 > 0 ");
    CHECK(dataset_parts_if(true, sql) == sql);
    CHECK(dataset_parts_if(false, sql) == without_dataset_parts(sql));
    CHECK(last_dataset_parameter(sql) == 3);
    CHECK(last_dataset_parameter("SELECT $1") == 0);
    CHECK(with_dataset_parts("SELECT 1 /*: never closed") == "SELECT 1  never closed");
    Statement row(database, sql);
    REQUIRE(row.bind(41, 7, 8).step());
    CHECK(row.integer(0) == 42);
    CHECK(message_of([&] { row.bind(41, 7, 8, 9); }) != "");
    CHECK_THAT(message_of([&] { Statement(database, "SELECT $2 /*: , $1 */"); }), Contains("$1 is missing"));
}
