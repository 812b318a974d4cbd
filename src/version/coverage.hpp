#pragma once

#include "model/release.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// A set of ids as runs of neighbours, written "1-32000,32007": what a release covers is mostly one run.
class IdRanges {
public:
    void add(std::int64_t id); ///< ids must come ascending
    bool empty() const { return ranges_.empty(); }
    std::size_t size() const;
    std::optional<std::size_t> index_of(std::int64_t id) const; ///< how many ids stand before it; nothing: not in it

    bool intersects(const IdRanges& other) const;

    template <typename Visitor>
    void for_each(Visitor visit) const ///< ascending
    {
        for (const auto& range : ranges_)
            for (auto id = range.first; id <= range.last; ++id)
                visit(id);
    }

    std::string text() const;
    static IdRanges parse(std::string_view text); ///< throws Error for what text() does not write

private:
    struct Range {
        std::int64_t first = 0;
        std::int64_t last = 0;
        std::size_t before = 0; ///< ids in the ranges before this one
    };
    std::vector<Range> ranges_;
};

/// Which cells a release said something about: series by periods, without the absent ones. With it a reader knows
/// that a vintage restated a number although it wrote no row, and a late release can be put in its place.
struct StatedCells {
    /// The absent cells of the largest table we take, every other one, as text: a damaged frame cannot claim more.
    static constexpr std::size_t text_max = std::size_t(1) << 30;

    IdRanges series;
    IdRanges periods;
    IdRanges absent; ///< index in series * number of periods + index in periods

    bool contains(std::int64_t series_id, std::int64_t period_id) const;
    /// Whether the period is older than all of its sequence that the release has, where it has any: the source offers
    /// the newest periods only, and this one left their window.
    bool is_before_window(std::int64_t period_id) const;
    /// Whether a release with this coverage says of the cell, by leaving it out, that it is gone.
    bool leaves_out(std::int64_t series_id, std::int64_t period_id, Coverage coverage) const;
    /// Whether a release with this coverage says anything of the cell.
    bool covers(std::int64_t series_id, std::int64_t period_id, Coverage coverage) const;
    /// Whether it would of one of its series.
    bool covers_period(std::int64_t period_id, Coverage coverage) const;
};

/// What a coverage with these texts is known by.
std::string coverage_hash(std::string_view series, std::string_view periods, std::string_view absent);

} // namespace skurd
