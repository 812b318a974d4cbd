#pragma once

#include "config/section.hpp"
#include "model/observation.hpp"

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

// Keys that several connectors read alike. All throw Error (usage) with file:line.

/// In `[source.select]`, `"*" = ["*"]`: every dimension that no other line names, all of it; `"*" = ["Total"]`: that
/// code of each.
constexpr std::string_view other_dimensions = "*";

/// Refuses a line `"*"` that lists anything but `"*"` or one code.
void check_other_dimensions(const Section& select, const std::vector<std::string>& expressions);

/// A table `symbols`: symbol as the source writes it -> one of the known meanings. Empty where there is none.
std::map<std::string, Meaning, std::less<>> read_symbols(Section& source, std::initializer_list<Meaning> known);

/// `dataset`, by default the job's id, after the name of the connector: "drop/skolemiljo".
std::string read_dataset(Section& source, std::string_view connector, const std::string& job_id);

} // namespace skurd
