#pragma once

#include "store/engine/statement.hpp"
#include "version/coverage.hpp"
#include "version/timeline.hpp"
#include "version/version_edit.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace skurd {

/// What a release calls a dataset, a dimension or a category.
struct Words {
    std::string label;
    std::string unit;            ///< of a category
    std::optional<int> decimals; ///< of a category
    std::string notes;           ///< of a dataset: a JSON array

    friend bool operator==(const Words&, const Words&) = default;
};

/// What has words: a dataset, one of its dimensions, or a category of that.
struct NamedThing {
    std::string dimension;        ///< code; "" for the dataset's own
    std::string category;         ///< code; "" for the dimension's own
    std::int64_t category_id = 0; ///< 0 where no category is meant
};

/// Writes the words of one release: a row of label_version where they differ from those of the releases before it.
/// A late release leaves later ones to say what they said: the first that names the thing has its words again.
class LabelVersions {
public:
    /// All must outlive this.
    LabelVersions(Database& database, std::int64_t dataset, const ReleaseStamp& stamp, const Timeline& line,
                  std::int64_t ingest_id);

    /// `differs`: from the words of the newest release. A late one finds out what it differs from by itself.
    void add(const NamedThing& thing, const Words& words, bool differs);
    std::size_t added() const { return added_; } ///< rows

private:
    void add_late(const NamedThing& thing, const Words& words);
    std::optional<Words> words_before(const NamedThing& thing);
    bool has_later_words(const NamedThing& thing, const Timeline::Entry& until);
    std::optional<std::size_t> first_later_that_names(std::int64_t category_id);
    void insert(const NamedThing& thing, Time published_at, std::int64_t seq, std::int64_t release,
                const Words& words);

    Database& database_;
    std::int64_t dataset_;
    const ReleaseStamp& stamp_;
    const Timeline& line_;
    std::int64_t ingest_id_;
    std::size_t added_ = 0;
    Statement insert_;
    std::map<std::int64_t, StatedCells> coverages_; ///< by id
};

} // namespace skurd
