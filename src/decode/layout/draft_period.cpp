#include "decode/layout/table_draft.hpp"

#include "base/text.hpp"
#include "decode/table/period_reader.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace skurd {

namespace {

using std::chrono::year_month_day;

/// The day of a date, or the first of a month ("202403").
std::optional<year_month_day> day_of(const std::string& text)
{
    if (const auto date = read_date(text))
        return date;
    if (text.size() == 6 && all_digits(text))
        return read_date(text.substr(0, 4) + "-" + text.substr(4) + "-01");
    return std::nullopt;
}

bool is_last_of_month(year_month_day day)
{
    return day.day() == year_month_day(day.year() / day.month() / std::chrono::last).day();
}

template <typename Is>
bool all_days(const std::set<year_month_day>& days, const Is& is)
{
    return std::all_of(days.begin(), days.end(), is);
}

bool are_ends_of_quarters(const std::set<year_month_day>& days, unsigned month_of_first)
{
    return all_days(days, [&](const auto& day) { return unsigned(day.month()) % 3 == month_of_first; });
}

void draft_days(TableDraft& draft, const std::set<year_month_day>& days)
{
    auto& dates = draft.layout.dates;
    const auto first_of_month = [](const auto& day) { return unsigned(day.day()) == 1; };
    const bool begins = all_days(days, first_of_month);
    const bool ends = all_days(days, is_last_of_month);
    const unsigned month = begins ? 1 : 12;
    const bool yearly =
        (begins || ends) && all_days(days, [&](const auto& day) { return unsigned(day.month()) == month; });
    dates = yearly ? DatePeriod::year : begins || ends ? DatePeriod::month : DatePeriod::day;
    if (days.size() > 1 && yearly)
        draft.findings.note("dates that are all the first or last of a year are read as years");
    else if (days.size() > 1 && (begins || ends) && !are_ends_of_quarters(days, begins ? 1 : 0))
        draft.findings.note("dates that are all the first or last of a month are read as months");
    else
        draft.findings.doubt(fmt::format("the dates are taken for {}: is that so?", yearly ? "years"
                                                                                    : dates == DatePeriod::month
                                                                                        ? "months"
                                                                                        : "days"));
}

/// The one year that all columns of values name in their heading.
std::string year_of_headings(const TableDraft& draft)
{
    std::set<std::string> years;
    for (const auto& column : draft.columns)
        if (column.part == ColumnDraft::Part::value)
            years.insert(year_in(column.name));
    return years.size() == 1 ? *years.begin() : "";
}

/// What stands above the table, its own titles first, then those above all tables.
std::vector<std::size_t> title_rows(const TableDraft& draft)
{
    std::vector<std::size_t> rows;
    for (auto row = draft.shape.begin; row < draft.shape.header; ++row)
        rows.push_back(row);
    for (std::size_t row = 0; row < std::min(draft.shape.begin, draft.shape.titles_end); ++row)
        rows.push_back(row);
    return rows;
}

bool find_period_cell(TableDraft& draft)
{
    if (draft.layout.format == TableLayout::Format::csv)
        return false;
    std::vector<std::pair<std::size_t, std::size_t>> cells;
    for (const auto row : title_rows(draft))
        for (std::size_t column = 0; column < draft.grid.width; ++column)
            if (draft.grid.rows[row].guesses[column] == CellGuess::period)
                cells.emplace_back(row, column);
    if (cells.empty())
        return false;
    const auto [row, column] = cells.front();
    draft.layout.period_cell = draft.letter(column) + std::to_string(draft.grid.rows[row].line);
    if (read_date(draft.text(row, column)))
        draft_dates(draft, {draft.text(row, column)});
    if (cells.size() > 1)
        draft.findings.doubt(fmt::format("several cells above the table hold a period, and {} is taken for its",
                                         draft.layout.period_cell));
    return true;
}

} // namespace

void draft_dates(TableDraft& draft, const std::set<std::string>& texts)
{
    std::set<year_month_day> days;
    bool months_only = true;
    for (const auto& text : texts) {
        const auto day = day_of(text);
        if (!day)
            continue;
        days.insert(*day);
        months_only &= all_digits(text);
    }
    if (days.empty())
        return;
    if (months_only)
        draft.layout.dates = DatePeriod::month;
    else
        draft_days(draft, days);
}

void draft_period(TableDraft& draft, const std::string& file_name)
{
    auto& layout = draft.layout;
    if (!layout.period_column.empty() || !layout.periods.empty() ||
        std::any_of(layout.across.begin(), layout.across.end(), [](const auto& a) { return a.role == Role::time; }))
        return;
    if (layout.period = year_of_headings(draft); !layout.period.empty()) {
        draft.findings.note("the period '" + layout.period + "' stands in the heading of each column of values");
        return;
    }
    if (find_period_cell(draft))
        return;
    std::vector<std::string> texts = {draft.grid.title};
    for (const auto row : title_rows(draft))
        texts.insert(texts.end(), draft.grid.rows[row].texts.begin(), draft.grid.rows[row].texts.end());
    for (const auto& row : draft.header)
        texts.insert(texts.end(), row.begin(), row.end());
    texts.push_back(file_name);
    for (const auto& text : texts)
        if (layout.period.empty() && !year_in(text).empty()) {
            layout.period = year_in(text);
            draft.findings.doubt(fmt::format("the period '{}' is taken from '{}': a title, or the name of the sheet "
                                             "or file. Is the table about it?",
                                             layout.period, excerpt(text)));
        }
    if (layout.period.empty()) {
        layout.period = "?";
        draft.findings.doubt("no period is found: say in 'period' what the file is about");
    }
}

} // namespace skurd
