#pragma once

#include "config/section.hpp"
#include "decode/csv_layout.hpp"
#include "model/release.hpp"

namespace skurd {

/// A `[layout]` table, read: how to decode the file, and what its symbols mean. `decode_csv(bytes, layout.csv)` is
/// all that is needed to look into a file.
struct DropLayout {
    CsvLayout csv;
    Conventions conventions;
};

/// Reads every key of a `[layout]` table; README.md explains them. Throws Error (usage) with file:line for a value
/// that cannot be, a key that is missing, and keys that exclude one another. Unknown keys are the caller's to reject.
DropLayout read_layout(Section& layout);

} // namespace skurd
