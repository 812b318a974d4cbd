#pragma once

#include "config/section.hpp"
#include "decode/pattern.hpp"

#include <string>
#include <string_view>

namespace skurd {

// Keys that several connectors read alike. All throw Error (usage) with file:line.

/// A pattern that stands at the key; an Error there when it is no regular expression.
Pattern make_pattern(const Section& section, std::string_view key, const std::string& pattern);

/// `dataset`, by default the job's id, after the name of the connector: "drop/skolemiljo".
std::string read_dataset(Section& source, std::string_view connector, const std::string& job_id);

} // namespace skurd
