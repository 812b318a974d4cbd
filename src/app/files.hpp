#pragma once

#include <string>
#include <string_view>

namespace skurd {

/// The bytes of a file named on the command line; "-" is standard input. Throws Error (usage) for one that is not
/// there or larger than 1 GiB.
std::string read_input(const std::string& name);

/// Writes a file named on the command line, in the place of one that is there: afterwards it is whole, or as it was.
/// Throws Error that says why not, as for a folder that is not there.
void write_output(const std::string& name, std::string_view bytes);

} // namespace skurd
