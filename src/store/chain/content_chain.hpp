#pragma once

#include "store/engine/database.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace skurd {

/// The chain over what was published, one for each dataset: a link for each commit that gave it vintages or words,
/// with a hash over the link before it and all that those say: stamps, claim, coverage, hashes of payload and cells,
/// labels, units, notes. No ids, runs, hosts or times of arrival: whoever harvests the same has the same chain.

/// The hash that belongs after `before` for what the commit's rows of that dataset say as they stand now.
std::string content_link_hash(Database& database, std::string_view before, std::int64_t dataset,
                              std::int64_t ingest_id);

/// Links the commit, once, at the end of the dataset's chain.
void link_content(Database& database, std::int64_t dataset, std::int64_t commit_seq, std::int64_t ingest_id);

/// The head over all datasets' heads (by name), in whatever order they were committed. "" where there are none.
std::string content_head(const std::map<std::string, std::string>& heads);
std::string content_head(Database& database);

} // namespace skurd
