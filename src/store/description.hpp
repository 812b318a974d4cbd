#pragma once

#include "store/series.hpp"
#include "version/timeline.hpp"

namespace skurd {

/// How many rows a description of a release wrote.
struct DescribedRelease {
    std::size_t changes = 0;  ///< of metadata_change
    std::size_t versions = 0; ///< of label_version
};

/// Finds or adds the dataset, dimensions, categories, periods and symbols of a release, and "withdrawn"; gives their
/// ids. The tables have the words of the newest release; those that a release differs from what it comes after
/// are rows of label_version, and of metadata_change where it is the newest; they carry the ingest_id.
DescribedRelease describe_release(Database& database, const Release& release, const ReleaseStamp& stamp,
                                  const Timeline& line, std::int64_t ingest_id, GridIds& ids);

} // namespace skurd
