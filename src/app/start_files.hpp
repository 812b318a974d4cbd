#pragma once

#include "base/embedded_file.hpp"

#include <vector>

namespace skurd {

/// The files of deploy/start, compiled in: what `skurd init` writes.
const std::vector<EmbeddedFile>& start_files();

} // namespace skurd
