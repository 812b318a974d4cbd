#pragma once

#include "model/flag.hpp"

#include <string>

namespace skurd {

/// Something about a source itself that a person should look at: it becomes a flag of the job, open for as long as
/// runs go on finding it.
struct SourceFinding {
    FlagKind kind = FlagKind::frozen; ///< frozen or replaced
    std::string inputs;               ///< what it was seen on; a change of it re-opens an acknowledged flag
    std::string text_nb;              ///< one sentence
    std::string text_en;
};

} // namespace skurd
