#pragma once

#include <string>
#include <string_view>

namespace skurd {

/// The text with one space where it has spaces, tabs and line ends, and none around it: a statement, or a message, in
/// a line.
std::string in_one_line(std::string_view text);

} // namespace skurd
