#pragma once

#include <string>

namespace skurd {

/// The bytes of a file named on the command line; "-" is standard input. Throws Error (usage) for one that is not
/// there or larger than 1 GiB.
std::string read_input(const std::string& name);

} // namespace skurd
