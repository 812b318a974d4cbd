#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace skurd {

/// The one CSV file in a ZIP archive of at most ten files and `bytes_max` unpacked. Throws Error for none, for more
/// than one, and for what is no such archive.
std::string read_zipped_csv(std::string_view zip, std::size_t bytes_max);

} // namespace skurd
