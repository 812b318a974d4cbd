#include "store/coverage.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/openssl/sha256.hpp"
#include "lib/sqlite/statement.hpp"
#include "lib/zstd/zstd.hpp"

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

std::string coverage_hash(std::string_view series, std::string_view periods, std::string_view absent)
{
    return Sha256::of(fmt::format("{}\n{}\n{}", series, periods, absent));
}

std::int64_t store_coverage(Database& database, const StatedCells& stated)
{
    const auto series = stated.series.text();
    const auto periods = stated.periods.text();
    const auto absent = stated.absent.text();
    const auto hash = coverage_hash(series, periods, absent);
    Statement known(database, "SELECT id FROM coverage WHERE hash = ?");
    if (known.bind(hash).step())
        return known.integer(0);
    Statement insert(database, "INSERT INTO coverage (hash, series, periods, absent) VALUES (?, ?, ?, ?)");
    insert.bind(hash, series, periods, nullptr);
    if (!absent.empty())
        insert.bind_blob(4, zstd_compress(absent));
    insert.step();
    return database.last_insert_id();
}

StatedCells load_coverage(Database& database, std::int64_t id)
{
    Statement row(database, "SELECT series, periods, absent FROM coverage WHERE id = ?");
    if (!row.bind(id).step())
        throw error("{}: coverage {} is gone: put back a backup", database.file().string(), id);
    const auto absent = row.is_null(2) ? std::string() : zstd_decompress(row.view(2), StatedCells::text_max);
    return {IdRanges::parse(row.view(0)), IdRanges::parse(row.view(1)), IdRanges::parse(absent)};
}

} // namespace skurd
