#pragma once

#include "config/section.hpp"
#include "decode/pattern.hpp"
#include "model/period.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

constexpr auto fhi_base_url = "https://statistikk-data.fhi.no/api/open/v1";

/// What a job selects in one dimension.
struct FhiWanted {
    std::string dimension;
    std::vector<std::string> expressions;
    std::string where; ///< "file:line"
};

/// The section [source] of an fhi job; README.md explains the keys.
struct FhiSettings {
    std::string source;
    std::string table; ///< the id a person pinned; "" = found by its title
    std::string table_where;
    std::string title; ///< regular expression; "" = any
    std::string title_where;
    Pattern title_pattern{""};
    std::string dataset;  ///< its name after "fhi/"; "" = source and table
    std::string base_url; ///< without a slash at its end
    std::string time_dimension;
    std::optional<PeriodKind> period_kind; ///< of periods written as a year and a number
    std::size_t rows_max = 0;
    int list_days = 0;
    int audit_days = 0;
    std::vector<FhiWanted> wanted; ///< at least one
    std::string select_where;

    /// Throws Error (usage) with file:line. The job's id spreads the days of audits.
    static FhiSettings read(Section& source, const std::string& job_id);
};

} // namespace skurd
