#pragma once

#include <string>

namespace skurd::test {

/// What an .xlsx file that skurd wrote shows, as lines: a sheet with its set-up, then each cell with its place, text
/// or number, number format, colours, and its comment. Reads no more of the format than our own files use.
std::string sheet_text(const std::string& xlsx);

} // namespace skurd::test
