#pragma once

#include "model/vintage.hpp"
#include "version/cell.hpp"
#include "version/coverage.hpp"
#include "version/timeline.hpp"

#include <optional>
#include <span>

namespace skurd {

/// What two clocks show of a dataset.
class AsOfView {
public:
    AsOfView(const Timeline& line, const AsOf& as_of) : line_(line), as_of_(as_of) {} ///< `line` must outlive this

    bool shows(const Timeline::Entry& release) const;

    /// Which of the rows of one cell stands, as an index: the one published last of those that are shown. Of a
    /// withdrawn cell that is the first that withdrew it, where others found it gone too. Nothing when the clocks
    /// show none, or only that it was withdrawn before it was ever there.
    std::optional<std::size_t> in_force(std::span<const StoredCell> rows) const;

    /// The place of the first release shown that was published at `from` or later and stated the cell, with a row or
    /// without need of one. `stated` gives the StatedCells of an entry.
    template <typename Stated>
    std::optional<std::size_t> stated_since(Time from, std::int64_t series, std::int64_t period, Stated stated) const
    {
        for (std::size_t place = 0; place < line_.size(); ++place)
            if (line_[place].published_at >= from && shows(line_[place]) &&
                stated(line_[place]).contains(series, period))
                return place;
        return std::nullopt;
    }

private:
    const Timeline& line_;
    AsOf as_of_;
};

} // namespace skurd
