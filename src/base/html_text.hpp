#pragma once

#include <string>

namespace skurd {

/// For HTML and SVG, in text and in attributes: & < > " and ' as references; printable(), so one line.
std::string html_escaped(const std::string& text);

} // namespace skurd
