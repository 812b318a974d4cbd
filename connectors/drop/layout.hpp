#pragma once

#include "config/section.hpp"
#include "decode/table_layout.hpp"
#include "model/release.hpp"

namespace skurd {

/// A `[layout]` table, read: how to decode the file, and what its symbols mean. `decode_table(bytes, layout.table)`
/// is all that is needed to look into a file.
struct DropLayout {
    TableLayout table;
    Conventions conventions;
};

/// Reads every key of a `[layout]` table; README.md explains them. Throws Error (usage) with file:line for a value
/// that cannot be, a key that is missing, and keys that exclude one another. Unknown keys are the caller's to reject.
DropLayout read_layout(Section& layout);

} // namespace skurd
