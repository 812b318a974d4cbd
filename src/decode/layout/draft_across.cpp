// Periods in the header.
//
// Each row of it is looked at: a cell is a period and nothing else ("2016", "2024K1", a date), one in words ("1.
// kvartal 2024"), or a period with what is counted beside it ("Antall 2016"). Headings that name a change from one
// year to another, and spans among years, are no periods. A row has the periods when it has two of them, or one that
// is a cell of its own. The pattern says just the forms that are there, from the first byte of the cell to the last,
// so that no other column is taken for a period.
#include "decode/layout/table_draft.hpp"

#include "base/text.hpp"
#include "decode/layout/write_layout.hpp"
#include "decode/table/period_reader.hpp"
#include "model/period.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace skurd {

namespace {

constexpr auto contents_id = "innhold";
constexpr std::string_view footnote_marks[] = {"¹", "²", "³", "⁴", "⁵", "*", "**"};

/// What one cell of the header says of time.
struct HeaderPeriod {
    enum class Form { none, alone, words, beside };
    Form form = Form::none;
    std::string period; ///< as written; of words as Period writes it
    std::string shape;  ///< regular expression of all periods of that form
    std::string before; ///< what stands beside it, with the signs between
    std::string after;
    std::string mark; ///< footnote
};

/// A regular expression of all periods written like one: "2024K1" gives "\d{4}K\d".
std::string shape_of(std::string_view period)
{
    std::string out;
    for (std::size_t i = 0; i < period.size();) {
        std::size_t end = i;
        while (end < period.size() && period[end] >= '0' && period[end] <= '9')
            ++end;
        if (end == i) {
            out += escaped_pattern(period.substr(i++, 1));
            continue;
        }
        out += end - i == 4   ? "(?:19|20)\\d\\d"
               : end - i == 6 ? "(?:19|20)\\d{4}"
               : end - i == 1 ? "\\d{1,2}"
                              : fmt::format("\\d{{{}}}", end - i);
        i = end;
    }
    return out;
}

bool is_span(const std::string& period)
{
    const auto read = Period::parse(period);
    return read && read->kind() == PeriodKind::span;
}

HeaderPeriod read_header_cell(std::string_view text)
{
    HeaderPeriod found;
    const auto spot = find_period(text);
    if (!spot || names_change(text))
        return found;
    found.period = text.substr(spot->begin, spot->size);
    found.shape = shape_of(found.period);
    found.before = text.substr(0, spot->begin);
    found.after = text.substr(spot->begin + spot->size);
    for (const auto mark : footnote_marks)
        if (trim(found.after) == mark)
            found.mark = mark;
    if (found.before.empty() && (found.after.empty() || !found.mark.empty()))
        found.form = HeaderPeriod::Form::alone;
    else if (const auto words = period_in_words(text); !words.empty())
        found = {HeaderPeriod::Form::words, words, escaped_pattern(text), "", "", ""};
    else
        found.form = HeaderPeriod::Form::beside;
    return found;
}

/// A row of the header, and which of its columns have periods.
struct HeaderRow {
    std::vector<HeaderPeriod> cells;
    std::vector<std::size_t> columns;
    HeaderPeriod::Form form = HeaderPeriod::Form::none;
    std::size_t candidates = 0; ///< columns with a name that may hold values
};

bool may_hold_values(const ColumnDraft& column)
{
    const auto like_values = column.numbers + column.likes + column.marks + column.years;
    return column.filled == 0 || (like_values > 0 && column.texts * 2 <= column.filled);
}

std::set<std::string> periods_of(const HeaderRow& row)
{
    std::set<std::string> periods;
    for (const auto column : row.columns)
        periods.insert(row.cells[column].period);
    return periods;
}

/// The cells of the form that most have; spans only where there are no years.
HeaderRow read_header_row(const TableDraft& draft, std::size_t at)
{
    using Form = HeaderPeriod::Form;
    HeaderRow row;
    std::map<Form, std::size_t> count;
    std::size_t years = 0;
    for (std::size_t i = 0; i < draft.grid.width; ++i) {
        row.cells.push_back(read_header_cell(draft.header[at][i]));
        row.candidates += !draft.header[at][i].empty() && may_hold_values(draft.columns[i]) ? 1 : 0;
        if (row.cells[i].form == Form::none || !may_hold_values(draft.columns[i]))
            continue;
        ++count[row.cells[i].form];
        years += row.cells[i].form == Form::alone && !is_span(row.cells[i].period) ? 1 : 0;
    }
    row.form = count[Form::alone] ? Form::alone : count[Form::words] ? Form::words : Form::beside;
    for (std::size_t i = 0; i < draft.grid.width; ++i)
        if (row.cells[i].form == row.form && may_hold_values(draft.columns[i]) &&
            (row.form != Form::alone || years == 0 || !is_span(row.cells[i].period)))
            row.columns.push_back(i);
    return row;
}

std::string joined_shapes(const HeaderRow& row)
{
    std::set<std::string> shapes;
    for (const auto column : row.columns)
        shapes.insert(row.cells[column].shape);
    return shapes.size() == 1 ? *shapes.begin() : "(?:" + join({shapes.begin(), shapes.end()}, "|") + ")";
}

/// What stands beside the periods, each once.
std::set<std::pair<std::string, std::string>> contents_of(const HeaderRow& row)
{
    std::set<std::pair<std::string, std::string>> contents;
    for (const auto column : row.columns)
        contents.emplace(row.cells[column].before, row.cells[column].after);
    return contents;
}

/// The period between what stands beside it in any of the columns.
std::string contents_pattern(const HeaderRow& row, const std::string& shape)
{
    std::set<std::string> before;
    std::set<std::string> after;
    for (const auto column : row.columns) {
        before.insert(escaped_pattern(row.cells[column].before));
        after.insert(escaped_pattern(row.cells[column].after));
    }
    const auto one_of = [](const std::set<std::string>& texts) {
        return texts.size() == 1 ? *texts.begin() : "(?:" + join({texts.begin(), texts.end()}, "|") + ")";
    };
    return fmt::format("^{}({}){}$", one_of(before), shape, one_of(after));
}

/// The words beside the periods as groups: "Antall 2016" and "Andel 2016" are "Antall" and "Andel".
std::string measures_pattern(const HeaderRow& row, const std::string& shape)
{
    const bool last = std::all_of(row.columns.begin(), row.columns.end(),
                                  [&](auto column) { return row.cells[column].after.empty(); });
    const bool first = std::all_of(row.columns.begin(), row.columns.end(),
                                   [&](auto column) { return row.cells[column].before.empty(); });
    constexpr auto between = "[ .,:;/_(-]*";
    if (last)
        return fmt::format("^(.*?){}{}$", between, shape);
    if (first)
        return fmt::format("^{}{}(.*)$", shape, between);
    return fmt::format("^(.*?){}{}\\)?$", between, shape);
}

void add_marks(TableDraft& draft, const HeaderRow& row)
{
    for (const auto column : row.columns)
        if (const auto& mark = row.cells[column].mark;
            !mark.empty() && std::find(draft.layout.footnotes.begin(), draft.layout.footnotes.end(), mark) ==
                                 draft.layout.footnotes.end()) {
            draft.layout.footnotes.push_back(mark);
            draft.findings.note("the mark '" + mark + "' behind a period is taken for a footnote");
        }
}

void note_words(TableDraft& draft, const HeaderRow& row, std::size_t at)
{
    for (const auto column : row.columns)
        draft.layout.period_codes.emplace(draft.header[at][column], row.cells[column].period);
    draft.findings.note("periods in words are listed in 'period_codes': those of later files are to be added");
}

/// Periods are the one row's: what stands beside them, if it differs, is a dimension of its own.
void take_only_row(TableDraft& draft, const HeaderRow& row)
{
    auto& layout = draft.layout;
    const auto shape = joined_shapes(row);
    if (row.form != HeaderPeriod::Form::beside) {
        layout.periods = "^" + shape + "$";
        return;
    }
    if (contents_of(row).size() > 1)
        layout.measures = measures_pattern(row, shape);
    layout.periods = contents_pattern(row, shape);
}

void take_row(TableDraft& draft, const HeaderRow& row, std::size_t at)
{
    auto& across = draft.layout.across;
    const auto shape = joined_shapes(row);
    const auto is_filled = [&](std::size_t other) {
        return std::all_of(row.columns.begin(), row.columns.end(),
                           [&](auto column) { return !draft.header[other][column].empty(); });
    };
    for (std::size_t other = 0; other < draft.header.size(); ++other)
        if (other != at && is_filled(other))
            across.push_back({fmt::format("rad {}", other + 1), ".+", other + 1});
        else if (other != at)
            draft.findings.note(
                fmt::format("row {} of the header names some columns only and is left out", other + 1));
    if (row.form == HeaderPeriod::Form::beside && contents_of(row).size() > 1)
        across.push_back({contents_id, measures_pattern(row, shape), at + 1});
    const auto pattern = row.form == HeaderPeriod::Form::beside ? contents_pattern(row, shape) : "^" + shape + "$";
    across.push_back({"Tid", pattern, at + 1, Role::time});
}

/// A row of one year tells nothing of its columns; the year is that of the whole table.
bool has_periods(const HeaderRow& row, std::size_t header_rows)
{
    if (row.columns.empty())
        return false;
    const auto periods = periods_of(row);
    if (row.form == HeaderPeriod::Form::beside)
        return periods.size() > 1 && row.columns.size() * 2 > row.candidates;
    return header_rows > 1 || periods.size() == row.columns.size();
}

} // namespace

void draft_across(TableDraft& draft)
{
    for (std::size_t at = draft.header.size(); at-- > 0;) {
        const auto row = read_header_row(draft, at);
        if (!has_periods(row, draft.header.size()))
            continue;
        add_marks(draft, row);
        if (row.form == HeaderPeriod::Form::words)
            note_words(draft, row, at);
        if (draft.header.size() == 1)
            take_only_row(draft, row);
        else
            take_row(draft, row, at);
        for (const auto column : row.columns)
            draft.columns[column].part = ColumnDraft::Part::value;
        std::set<std::string> texts;
        for (const auto column : row.columns)
            texts.insert(row.cells[column].period);
        draft_dates(draft, texts);
        return;
    }
}

} // namespace skurd
