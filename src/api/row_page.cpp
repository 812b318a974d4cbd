#include "api/row_page.hpp"

#include "base/text.hpp"
#include "query/datasets.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr std::ptrdiff_t series_at_first = 8; ///< twice as many each time: a page may be full after the first

/// The row that came last.
struct RowPlace {
    std::int64_t series = 0;
    std::int64_t vintage = 0;
    Period period;
};

[[noreturn]] void refuse(const std::string& cursor)
{
    throw usage_error("cursor: '{}' is none of this question: begin anew without it", excerpt(cursor));
}

RowPlace read_place(const std::string& cursor)
{
    const auto parts = split(cursor, '~');
    if (parts.size() < 3)
        refuse(cursor);
    const auto series = positive_number(parts[0]);
    const auto vintage = positive_number(parts[1]);
    if (!series || !vintage)
        refuse(cursor);
    return {*series, *vintage, Period::from_text(cursor.substr(parts[0].size() + parts[1].size() + 2))};
}

std::string cursor_after(const ObservationRow& row)
{
    const auto& seen = row.observation;
    return fmt::format("{}~{}~{}", seen.series, seen.vintage, seen.period.text());
}

/// Passes over the rows of a series up to the one that came last. Of a period that was read whole there is one row.
class Resumption {
public:
    explicit Resumption(const RowPlace& last) : last_(last) {}

    bool has_passed(const Observation& seen)
    {
        if (seen.series != last_.series || seen.period > last_.period || is_past_)
            return true;
        is_past_ = seen.period == last_.period && seen.vintage == last_.vintage;
        return false;
    }

private:
    RowPlace last_;
    bool is_past_ = false;
};

RowPage page_of_series(const StoreSession& store, ObservationQuestion question, const std::string& cursor,
                       std::size_t limit, const RowReader& read)
{
    const auto last = cursor.empty() ? RowPlace() : read_place(cursor);
    Resumption resumption(last);
    const auto series = selected_series(store, std::get<Selector>(question.target));
    RowPage page;
    auto first = std::lower_bound(series.begin(), series.end(), last.series);
    for (auto at_once = series_at_first; first != series.end() && page.rows.size() <= limit; at_once *= 2) {
        const auto count = std::min<std::ptrdiff_t>(at_once, series.end() - first);
        question.series = {*first, *(first + count - 1)};
        first += count;
        read(question, [&](const ObservationRow& row) {
            if (page.rows.size() <= limit && (cursor.empty() || resumption.has_passed(row.observation)))
                page.rows.push_back(row);
        });
    }
    if (page.rows.size() > limit) { // one more was read than the page has
        page.rows.resize(limit);
        page.cursor = cursor_after(page.rows.back());
    }
    return page;
}

RowPage page_of_indicator(std::int64_t commit, const ObservationQuestion& question, const std::string& cursor,
                          std::size_t limit, const RowReader& read)
{
    std::size_t passed = 0;
    if (!cursor.empty()) {
        const auto parts = split(cursor, '-');
        const auto count = positive_number(parts.front());
        if (parts.size() != 2 || !count)
            refuse(cursor);
        if (parts[1] != std::to_string(commit))
            throw usage_error("cursor: numbers were committed since the page before: begin anew without it");
        passed = static_cast<std::size_t>(*count);
    }
    RowPage page;
    std::size_t row_number = 0;
    read(question, [&](const ObservationRow& row) {
        if (row_number++ >= passed && page.rows.size() <= limit)
            page.rows.push_back(row);
    });
    if (page.rows.size() > limit) {
        page.rows.resize(limit);
        page.cursor = fmt::format("{}-{}", passed + limit, commit);
    }
    return page;
}

} // namespace

RowPage row_page(const StoreSession& store, std::int64_t commit, ObservationQuestion question,
                 const std::string& cursor, std::size_t limit, const RowReader& read)
{
    if (std::holds_alternative<Selector>(question.target))
        return page_of_series(store, std::move(question), cursor, limit, read);
    return page_of_indicator(commit, question, cursor, limit, read);
}

} // namespace skurd
