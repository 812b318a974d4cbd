#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <filesystem>
#include <string>

namespace skurd {

/// The bytes of a regular file, behind any links. Throws Error with that exit code, "<file>: cannot be read: <why>",
/// also for a folder, for what is no file, and for more than `bytes_max`.
std::string read_file(const std::filesystem::path& file, std::size_t bytes_max, ExitCode code = ExitCode::failed);

} // namespace skurd
