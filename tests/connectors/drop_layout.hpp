#pragma once

#include "base/error.hpp"
#include "config/section.hpp"
#include "decode/csv/cube_csv.hpp"
#include "decode/layout/read_layout.hpp"
#include "decode/table/decode_table.hpp"

#include <string>

namespace skurd::test {

/// A layout as it stands in a job below [layout].
inline TableLayout layout_from(const std::string& toml)
{
    auto whole = Section::parse("[layout]\n" + toml, "job.toml");
    auto section = whole.require_table("layout");
    auto layout = read_layout(section);
    whole.reject_unknown_keys();
    return layout.table;
}

/// A file decoded by a layout, as long CSV; an error's message where it is refused.
inline std::string decoded(const std::string& toml, const std::string& bytes)
{
    try {
        std::string csv;
        write_cube_csv(decode_table(bytes, layout_from(toml)).cube, csv);
        return csv;
    } catch (const Error& failure) {
        return failure.what();
    }
}

} // namespace skurd::test
