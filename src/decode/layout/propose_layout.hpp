#pragma once

#include "decode/layout/table_layout.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// A layout for a file that nobody has described yet, as good as can be guessed.
struct LayoutProposal {
    std::string toml; ///< a [layout] table; what is unsure stands in comment lines
    TableLayout layout;
    /// What a person should check, a sentence each; the first says so when the layout does not decode the file.
    std::vector<std::string> findings;
    bool decodes = false;
};

/// Proposes how to read a CSV file, workbook or JSON-stat file: encoding, separator, sheet, header,
/// series, periods, the signs of numbers, missing marks, totals and what follows the table. `file_name` may tell the
/// year where the file does not. Pure. Throws Error for what is none of these, is damaged, or has no numbers.
LayoutProposal propose_layout(std::string_view bytes, const std::string& file_name);

} // namespace skurd
