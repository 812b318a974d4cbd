#pragma once

#include "config/section.hpp"
#include "decode/layout/table_layout.hpp"

namespace skurd {

/// Reads every key of a `[layout]` table; README.md explains them. Throws Error (usage) with file:line for a value
/// that cannot be, a key that is missing, and keys that exclude one another. Unknown keys are the caller's to reject.
FileLayout read_layout(Section& layout);

} // namespace skurd
