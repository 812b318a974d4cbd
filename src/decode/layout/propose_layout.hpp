#pragma once

#include "decode/layout/layout_finding.hpp"
#include "decode/layout/propose_table.hpp"
#include "decode/layout/table_layout.hpp"

#include <string>
#include <string_view>

namespace skurd {

/// A layout for a file that nobody has described yet, as good as can be guessed.
struct LayoutProposal {
    std::string toml; ///< a [layout] table; what was found stands in comment lines
    TableLayout layout;
    LayoutFindings findings;
    bool decodes = false;    ///< whether the file decodes by it
    std::size_t numbers = 0; ///< that are read as values; of JSON-stat its cells

    /// Whether nothing is missing and nothing a guess that a person should see: it may be used as it is.
    bool is_proved() const { return decodes && !findings.has_doubts(); }
};

/// Proposes how to read one table of a CSV file, a workbook or a JSON-stat file: encoding, separator, sheet, header,
/// series, periods, the signs of numbers, missing marks and what follows the table; and proves it (prove_layout.hpp).
/// `file_name` may tell the year where the file does not. Pure. Throws Error for what is none of these, is damaged,
/// or has no numbers or no such table.
LayoutProposal propose_layout(std::string_view bytes, const std::string& file_name, TableNumber table = 0);

} // namespace skurd
