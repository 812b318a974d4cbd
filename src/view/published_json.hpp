#pragma once

#include "lib/json/json.hpp"
#include "model/published.hpp"

namespace skurd {

/// {"commit_seq", "committed_at", "content_head", "log_head", "names", "folder", "new", "since", "files", "bytes",
/// "removed"}
Json to_json(const Published& published);

} // namespace skurd
