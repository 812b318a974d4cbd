#pragma once

#include "decode/layout/propose_table.hpp"

namespace skurd {

/// A proposed layout, as it was written, on the table it was proposed for.
struct LayoutProof {
    bool decodes = false;       ///< whether the file decodes by it at all
    std::string failure;        ///< why not
    std::size_t numbers = 0;    ///< that the columns between header and end of the table hold
    std::size_t read = 0;       ///< of them those that became values
    std::size_t identities = 0; ///< and those in columns of codes, labels and periods
    std::size_t cells = 0;      ///< of the cube
};

/// Proves a layout before anybody sees it. It is read back from its text, the file is decoded by it, and every number
/// of the table's columns is looked for: read as a value, part of a code or period, or left out, which is a doubt
/// that names the rows or the column. Then the cube is looked at: periods are periods, of one kind, none twice; codes
/// are no values with decimals, and values no codes with zeros in front. All of it is told in `findings`; nothing is
/// corrected. It knows nothing of how the layout was found.
LayoutProof prove_layout(std::string_view bytes, const std::string& toml, const ChosenTable& chosen,
                         LayoutFindings& findings);

} // namespace skurd
