#pragma once

#include "decode/layout/table_layout.hpp"

#include <string>
#include <string_view>

namespace skurd {

/// A layout as the [layout] table of a job, keys that are at their defaults left out. `meanings` has the meaning of
/// each missing mark and note by its text; what is not there is "not available".
std::string layout_toml(const TableLayout& layout, const CodesByText& meanings);

/// A text as a regular expression that matches just it.
std::string escaped_pattern(std::string_view text);

/// A pattern that finds a text and no other or, of one too long for a pattern, what begins as it does.
std::string pattern_of(std::string_view text);

} // namespace skurd
