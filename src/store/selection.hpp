#pragma once

#include "model/vintage.hpp"
#include "store/engine/database.hpp"
#include "store/engine/statement.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace skurd {

/// The series a selector means.
struct Selection {
    std::int64_t dataset = 0;
    std::vector<std::int64_t> series; ///< ascending
};

/// Throws Error (usage) for a dataset, dimension or code the store does not know, naming those it does.
Selection select_series(Database& database, const Selector& selector);

/// Whether select_series would find all words of the selector.
bool knows(Database& database, const Selector& selector);

/// What a series is called today.
struct SeriesName {
    Codes codes; ///< in the source's order
    SeriesWords words;
};

/// What a thing was called from one place in the order of releases until the next.
struct WordsSpan {
    std::string from_at; ///< "" = before all releases
    std::int64_t from_seq = 0;
    SeriesWords words;
};

/// Names series of datasets; keeps the categories it has met.
class SeriesNames {
public:
    explicit SeriesNames(Database& database);
    /// That series is the one at hand from now on.
    SeriesName operator()(std::int64_t dataset, std::int64_t series);
    /// What the release of that place in the order of releases called the series at hand: what it said itself, else
    /// the releases before it.
    std::shared_ptr<const SeriesWords> words_at(Time published_at, std::int64_t seq);
    /// All that the series at hand was called, one after another; no two neighbours are the same.
    std::vector<WordsSpan> spans() const;

private:
    /// A row of label_version.
    struct Version {
        Time published_at{};
        std::int64_t seq = 0;
        std::string label;
        std::string unit;
    };
    struct Part {
        std::string dimension;
        std::string code;
        std::string label;
        std::string unit;
        std::int64_t dataset = 0;
        std::vector<Version> versions; ///< in the order of releases; none where it was never called otherwise
    };
    const Part& part(std::int64_t dataset, std::int64_t category);
    std::vector<Version> versions_of(const Part& part);
    SeriesWords words_of(Time published_at, std::int64_t seq) const;

    Statement codes_;
    Statement category_;
    Statement version_;
    std::unordered_map<std::int64_t, Part> parts_;
    std::vector<const Part*> at_hand_;
    bool was_renamed_ = false;                 ///< a part at hand
    std::shared_ptr<const SeriesWords> words_; ///< of the series at hand, as they were last asked for
};

} // namespace skurd
