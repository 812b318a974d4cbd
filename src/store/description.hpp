#pragma once

#include "store/series.hpp"
#include "version/timeline.hpp"

namespace skurd {

/// Finds or adds the dataset, dimensions, categories, periods and symbols of a release, and "withdrawn"; gives their
/// ids. The tables have the words of the newest release; those that a release says otherwise than what it comes after
/// are rows of label_version, and of metadata_change where it is the newest. Gives how many of the latter.
std::size_t describe_release(Database& database, const Release& release, const ReleaseStamp& stamp,
                             const Timeline& line, GridIds& ids);

} // namespace skurd
