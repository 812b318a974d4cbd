#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace skurd {

/// The bytes of a file named on the command line; "-" is standard input. Throws Error (usage) for one that is not
/// there or larger than 1 GiB.
std::string read_input(const std::string& name);

/// The bytes of such a file, of at most `bytes_max`.
std::string read_given_file(const std::filesystem::path& file, std::size_t bytes_max);

/// Writes a file named on the command line, in the place of one that is there: afterwards it is whole, or as it was.
/// Throws Error that says why not, as for a folder that is not there.
void write_output(const std::string& name, std::string_view bytes);

} // namespace skurd
