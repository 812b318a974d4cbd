#pragma once

#include <string>

namespace skurd {

/// A UTF-8 text in the one form of those that look the same: composed (Unicode's NFC: "a" and a ring above are "å"),
/// without characters that show nothing (zero width, soft hyphens, byte order marks inside, marks of direction).
/// What is no UTF-8 stays as it is.
std::string same_text(std::string utf8);

/// The same, with every space of Unicode that shows as one (no-break, narrow, thin, figure) an ordinary space: for
/// codes and labels.
std::string same_words(std::string utf8);

} // namespace skurd
