#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace skurd {

/// Laying text out in columns of a terminal (display_width()).
std::string spaces(std::size_t count);
std::string left(const std::string& text, std::size_t width);  ///< filled up at the end
std::string right(const std::string& text, std::size_t width); ///< filled up at the beginning
std::string ruled(std::size_t width);                          ///< a line of that width
/// Lines of at most that width, broken at spaces; a longer word keeps a line of its own. At least one line.
std::vector<std::string> wrapped(const std::string& text, std::size_t width);
/// The same, where a longer word is broken as well: after one of "-/_,;|:)" if it can be, else where the line ends.
std::vector<std::string> folded(const std::string& text, std::size_t width);
/// The folded text as lines of at most that width (0 = one line) that end with "\n": `first` begins the first of
/// them, `rest`, which is no narrower, each that follows. What the text holds of controls is not obeyed
/// (printable()).
std::string hanging(const std::string& text, std::size_t width, const std::string& first, const std::string& rest);
/// A text of lines that end with "\n", each folded to that width below its own indent; 0 = as it is.
std::string fitted(const std::string& text, std::size_t width);

} // namespace skurd
