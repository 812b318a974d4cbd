#include "version/coverage.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/openssl/sha256.hpp"
#include "version/stable_id.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace skurd {

namespace {

std::int64_t number(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size())
        throw error("the store holds '{}' where an id belongs: put back a backup", text);
    return value;
}

} // namespace

void IdRanges::add(std::int64_t id)
{
    assert(ranges_.empty() || id > ranges_.back().last);
    if (!ranges_.empty() && ranges_.back().last + 1 == id)
        ranges_.back().last = id;
    else
        ranges_.push_back({id, id, size()});
}

std::size_t IdRanges::size() const
{
    if (ranges_.empty())
        return 0;
    const auto& last = ranges_.back();
    return last.before + static_cast<std::size_t>(last.last - last.first) + 1;
}

std::optional<std::size_t> IdRanges::index_of(std::int64_t id) const
{
    const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), id,
                                        [](std::int64_t wanted, const Range& range) { return wanted < range.first; });
    if (after == ranges_.begin() || id > std::prev(after)->last)
        return std::nullopt;
    const auto& range = *std::prev(after);
    return range.before + static_cast<std::size_t>(id - range.first);
}

bool IdRanges::intersects(const IdRanges& other) const
{
    auto theirs = other.ranges_.begin();
    for (const auto& range : ranges_) {
        while (theirs != other.ranges_.end() && theirs->last < range.first)
            ++theirs;
        if (theirs != other.ranges_.end() && theirs->first <= range.last)
            return true;
    }
    return false;
}

std::string IdRanges::text() const
{
    std::string text;
    for (const auto& range : ranges_) {
        text += fmt::format("{}{}", text.empty() ? "" : ",", range.first);
        if (range.last != range.first)
            text += fmt::format("-{}", range.last);
    }
    return text;
}

IdRanges IdRanges::parse(std::string_view text)
{
    IdRanges ids;
    if (text.empty())
        return ids;
    for (const auto part : split(text, ',')) {
        const auto hyphen = part.find('-');
        const auto first = number(part.substr(0, hyphen));
        const auto last = hyphen == std::string_view::npos ? first : number(part.substr(hyphen + 1));
        if (last < first || (!ids.empty() && first <= ids.ranges_.back().last))
            throw error("the store holds the ids '{}' out of order: put back a backup", part);
        ids.ranges_.push_back({first, last, ids.size()});
    }
    return ids;
}

bool StatedCells::contains(std::int64_t series_id, std::int64_t period_id) const
{
    const auto row = series.index_of(series_id);
    const auto column = periods.index_of(period_id);
    return row && column && !absent.index_of(static_cast<std::int64_t>(*row * periods.size() + *column));
}

bool StatedCells::leaves_out(std::int64_t series_id, std::int64_t period_id, Coverage coverage) const
{
    return coverage != Coverage::partial && series.index_of(series_id) && covers_period(period_id, coverage) &&
           !contains(series_id, period_id);
}

bool StatedCells::is_before_window(std::int64_t period_id) const
{
    const auto sequence = period_sequence(period_id);
    bool has_later = false;
    bool has_earlier = false;
    periods.for_each([&](std::int64_t id) {
        if (sequence && period_sequence(id) == sequence)
            (id > period_id ? has_later : has_earlier) = true;
    });
    return has_later && !has_earlier;
}

bool StatedCells::covers_period(std::int64_t period_id, Coverage coverage) const
{
    return periods.index_of(period_id) || (coverage == Coverage::full_history && !is_before_window(period_id));
}

bool StatedCells::covers(std::int64_t series_id, std::int64_t period_id, Coverage coverage) const
{
    return contains(series_id, period_id) || leaves_out(series_id, period_id, coverage);
}

std::string coverage_hash(std::string_view series, std::string_view periods, std::string_view absent)
{
    return Sha256::of(fmt::format("{}\n{}\n{}", series, periods, absent));
}

} // namespace skurd
