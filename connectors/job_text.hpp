#pragma once

#include "model/source_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// A dimension's line in [source.select]: `Kjonn = ["1", "2"]`; for an odd id the key is in quotes.
std::string select_line(const std::string& dimension, const std::vector<std::string>& expressions);

/// What to say of a line `"*" = [code]` that the source has all of: the lines that name the dimensions it stands for
/// in its place. `described` are these for people.
CheckResult confirm_other_dimensions(const std::string& where, const std::string& code,
                                     const std::vector<const Dimension*>& others, const std::string& described);

} // namespace skurd
