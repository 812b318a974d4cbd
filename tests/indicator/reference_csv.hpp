#pragma once

#include "base/text.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace skurd::test {

using CsvRow = std::map<std::string, std::string>; ///< column -> field

inline std::vector<std::string> csv_fields(const std::string& line)
{
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            fields.emplace_back();
        else if (c != '\r')
            fields.back() += c;
    }
    return fields;
}

/// A small, well-formed CSV file with a header.
inline std::vector<CsvRow> read_csv(const std::filesystem::path& file)
{
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    const auto header = csv_fields(line);
    std::vector<CsvRow> rows;
    while (std::getline(in, line)) {
        const auto fields = csv_fields(line);
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < header.size(); ++i)
            row[header[i]] = fields.at(i);
    }
    return rows;
}

/// "13 936", "3,9 %", "-2,0 %-poeng" as a decimal text; "" for N/A.
inline std::string printed_number(std::string text)
{
    if (text == "N/A")
        return "";
    text = text.substr(0, text.find('%'));
    return replace_all(replace_all(text, " ", ""), ",", ".");
}

} // namespace skurd::test
