#pragma once

#include "store/series.hpp"
#include "version/timeline.hpp"

#include <cstdint>
#include <set>
#include <vector>

namespace skurd {

/// How many rows a description of a release wrote.
struct DescribedRelease {
    std::size_t changes = 0;  ///< of metadata_change
    std::size_t versions = 0; ///< of label_version
    std::size_t renamed = 0;  ///< of these, of categories that were there before
};

/// Whether what a release has in common with those of other datasets is in the tables.
enum class CommonWords { to_be_entered, entered };

/// Finds or adds the source, periods and symbols of a release, and "withdrawn": their ids are computed.
void intern_common_words(Database& database, const Release& release);

/// What a release calls its dataset, and the parts of that. First the parts are found or added, so that its cells
/// have ids; its words are written once it is known where it is placed.
class Description {
public:
    /// Finds or adds the dataset, dimensions, categories, periods and symbols of a release, and "withdrawn"; gives
    /// their ids. Both must outlive this.
    Description(Database& database, const Release& release, GridIds& ids, CommonWords common);

    /// The tables have the words of the newest release; those that a release differs from what it comes after are
    /// rows of label_version, and of metadata_change where it is the newest; they carry the ingest_id.
    DescribedRelease write_words(const Release& release, const ReleaseStamp& stamp, const Timeline& line,
                                 std::int64_t ingest_id);

    bool has_new_categories() const { return !new_categories_.empty(); }
    bool has_new_dimensions() const { return !new_dimensions_.empty() || is_new_dataset_; }

private:
    std::int64_t intern_dataset(const Release& release);
    std::int64_t intern_dimension(const Dimension& dimension);
    std::vector<std::int64_t> intern_categories(std::int64_t dimension, const Dimension& release);

    Database& database_;
    GridIds& ids_;
    bool is_new_dataset_ = false;
    std::set<std::int64_t> new_dimensions_; ///< ids
    std::set<std::int64_t> new_categories_; ///< likewise
};

} // namespace skurd
