#pragma once

#include "base/enum_words.hpp"
#include "model/flag.hpp"
#include "model/verdict.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// What became of a flag between two commits.
enum class FlagTurn {
    opened,  ///< it was raised, or reopened
    changed, ///< it is open as before, and says something else
    closed,
};
template <>
inline constexpr auto enum_words<FlagTurn> = word_table<FlagTurn>({
    {FlagTurn::opened, "opened"},
    {FlagTurn::changed, "changed"},
    {FlagTurn::closed, "closed"},
});

struct FlagNews {
    Flag flag; ///< as it is now
    FlagTurn turn = FlagTurn::opened;
    std::optional<Verdict> verdict{}; ///< on its indicator and period, against the period before: the old and the
                                      ///< new value; nothing where none is meant
};

/// What vintages said of one dataset.
struct DatasetNews {
    std::string dataset;
    std::string label;
    std::size_t vintages = 0;
    std::int64_t rows = 0; ///< numbers written, the revised ones included
    std::int64_t revised = 0;
    std::int64_t withdrawn = 0;
};

/// What is worth telling of all that was committed since a commit. What came and went in between is not.
struct News {
    std::vector<FlagNews> flags;       ///< by id
    std::vector<Verdict> verdicts;     ///< on the newest period of an indicator, against the one before; by indicator
    std::vector<DatasetNews> datasets; ///< by name

    bool empty() const { return flags.empty() && verdicts.empty() && datasets.empty(); }
};

/// What there is since a commit that may be news, before it is read.
struct NewsSpan {
    std::int64_t newest = 0; ///< its number
    Time first_at{};
    Time last_at{};
};

} // namespace skurd
