#pragma once

#include "base/embedded_file.hpp"

#include <filesystem>
#include <vector>

namespace skurd {

/// A folder's *.toml files, by name. Throws Error (usage) when it cannot be read.
std::vector<EmbeddedFile> read_toml_files(const std::filesystem::path& folder);

} // namespace skurd
