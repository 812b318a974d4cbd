#pragma once

#include "base/enum_words.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// How much a change of what a dataset looks like matters.
enum class Severity {
    harmless,      ///< recorded
    blocks_series, ///< touches series in use: these are not ingested until a person agrees
    blocks_dataset ///< touches the dimensions themselves: nothing is ingested until a person agrees
};
template <>
inline constexpr auto enum_words<Severity> = word_table<Severity>({
    {Severity::harmless, "harmless"},
    {Severity::blocks_series, "blocks series"},
    {Severity::blocks_dataset, "blocks dataset"},
});

/// Which series a drift that blocks series blocks.
enum class Reach {
    in_use,      ///< those with its codes that indicators read
    every_series ///< all with its codes: what they are about may have changed
};

/// One way in which a dataset looks other than before: its dimensions, codes, labels, units, decimals, base or
/// classification.
struct Drift {
    Severity severity = Severity::harmless;
    std::string dimension;
    std::vector<std::string> codes; ///< of the categories it is about; empty = the whole dimension
    std::string text_nb;            ///< "Alder: 2 nye koder (105, 106)"
    std::string text_en;
    Reach reach = Reach::in_use;
};

} // namespace skurd
