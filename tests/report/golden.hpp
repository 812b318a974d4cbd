#pragma once

#include <string>

namespace skurd::test {

/// Whether a text is that of tests/report/golden/<name>. Where not, prints what differs, line by line, and how to
/// renew the file (not through Catch, which would break the lines). With SKURD_RENEW_GOLDEN=1 in the environment the
/// file is written instead.
bool is_golden(const std::string& name, const std::string& actual);

/// The lines in which two texts differ: "-" before those of the first, "+" before those of the second, with two equal
/// ones around each group and the line's number before it. "" for equal texts.
std::string line_difference(const std::string& expected, const std::string& actual);

} // namespace skurd::test
