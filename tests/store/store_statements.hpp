#pragma once

#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <regex>
#include <string>
#include <utility>
#include <vector>

namespace skurd::test {

/// A statement of the store, and where it stands.
struct Sql {
    std::string file;
    std::string text;
};

/// One string literal at `at`, and where it ends; nothing where none begins there.
inline std::optional<std::pair<std::string, std::size_t>> literal_at(const std::string& source, std::size_t at)
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
inline std::vector<std::string> literals(const std::string& source)
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

inline bool is_statement(const std::string& text)
{
    static const std::regex verb(R"(^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH)\s)");
    return std::regex_search(text, verb);
}

/// Two files make statements of the names of all tables: verifying and copying a store runs them.
inline bool is_filled_in(const std::filesystem::path& file, const std::string& text)
{
    return (file.filename() == "copy_store.cpp" || file.filename() == "chain_inspection.cpp") &&
           text.find('{') != std::string::npos;
}

inline std::vector<Sql> statements()
{
    std::vector<Sql> found;
    for (const char* folder : {"/src/store", "/src/store/chain"})
        for (const auto& entry : std::filesystem::directory_iterator(std::string(SKURD_SOURCE_DIR) + folder))
            if (entry.path().extension() == ".cpp")
                for (auto& text : literals(read_file(entry.path())))
                    if (is_statement(text) && !is_filled_in(entry.path(), text))
                        found.push_back({entry.path().filename().string(), std::move(text)});
    return found;
}

/// The statement; of the head of a bulk insert, which the engine completes, one with a row.
inline std::string whole(const std::string& sql)
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

} // namespace skurd::test
