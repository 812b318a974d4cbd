#pragma once

#include "config/section.hpp"
#include "connectors/ssb/plan.hpp"

#include <regex>
#include <string>
#include <vector>

namespace skurd {

/// The section [source] of an ssb job; README.md explains the keys.
struct SsbSettings {
    std::string table;       ///< five digits
    std::string table_where; ///< "file:line"
    std::string base_url;    ///< without a slash at its end
    std::string language;
    std::string expect; ///< "" = any title
    std::string expect_where;
    std::regex expect_pattern;
    std::vector<Wanted> wanted; ///< at least one

    /// Throws Error (usage) with file:line.
    static SsbSettings read(Section& source);
};

} // namespace skurd
