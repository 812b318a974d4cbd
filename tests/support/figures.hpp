#pragma once

#include "base/text.hpp"

#include <string>
#include <vector>

namespace skurd::test {

/// A printed figure as a plain decimal: "13 936" -> "13936", "-2,1 %-poeng" -> "-2.1". "N/A" stays as it is.
inline std::string plain(std::string printed)
{
    if (printed == "N/A")
        return printed;
    for (const auto* gone : {"%-poeng", "%", " "})
        printed = replace_all(printed, gone, "");
    return replace_all(printed, ",", ".");
}

/// The fields of a line of the published figures' CSV files, which quote only numbers with a decimal comma.
inline std::vector<std::string> figure_fields(const std::string& line)
{
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (const char c : line) {
        quoted ^= c == '"';
        if (c == ',' && !quoted)
            fields.emplace_back();
        else if (c != '"' && c != '\r')
            fields.back() += c;
    }
    return fields;
}

} // namespace skurd::test
