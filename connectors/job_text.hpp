#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// In quotes, as TOML writes a string.
std::string toml_quoted(std::string_view text);

/// A dimension's line in [source.select]: `Kjonn = ["1", "2"]`; for an odd id the key is in quotes.
std::string select_line(const std::string& dimension, const std::vector<std::string>& expressions);

} // namespace skurd
