// What a table's columns are, below the header.
//
// Values are columns of numbers that are no codes: codes are called so, have zeros in front, are whole numbers in the
// first column, or go one by one with the texts of another column while rows repeat both. Of the columns of periods
// the one that is called like one and says most is the period's; a coarser one (the year beside the month) is told by
// it. What is the same in every row is a dimension of one category. Every other column is a series, unless those
// before tell what it says; the text that a code tells is its label.
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

using Part = ColumnDraft::Part;

constexpr std::size_t pattern_size_likely = 1500; ///< bytes; longer regular expressions may be refused

bool is_whole_number(const std::string& text)
{
    return all_digits(text);
}

bool has_zero_in_front(const std::string& text)
{
    return text.size() > 1 && text.front() == '0' && all_digits(text);
}

/// How many of the words of a name are words for time, and how many are not: "År-måned", "År \\ Region".
struct NameWords {
    std::size_t of_time = 0;
    std::size_t others = 0;
};

NameWords words_in(const std::string& name)
{
    constexpr std::string_view known[] = {"år",        "aar",     "year",   "jahr",  "tid",   "time",
                                          "tidspunkt", "periode", "period", "måned", "month", "kvartal",
                                          "quarter",   "uke",     "week",   "dato",  "date"};
    constexpr auto between = " -_/\\,.()";
    NameWords words;
    const auto low = lower_text(name);
    for (auto begin = low.find_first_not_of(between); begin != std::string::npos;) {
        const auto end = std::min(low.find_first_of(between, begin), low.size());
        const auto is_known =
            std::find(std::begin(known), std::end(known), low.substr(begin, end - begin)) != std::end(known);
        ++(is_known ? words.of_time : words.others);
        begin = low.find_first_not_of(between, end);
    }
    return words;
}

/// Whether a name may be that of a column of periods.
bool may_name_periods(const std::string& name)
{
    return words_in(name).of_time > 0;
}

/// Whether a name is of time and nothing else: "Måned".
bool names_time(const std::string& name)
{
    const auto words = words_in(name);
    return words.of_time > 0 && words.others == 0;
}

/// What SDMX says beside a value: no value itself, and not what identifies it.
bool is_attribute_name(const std::string& name)
{
    constexpr std::string_view names[] = {"unit_mult", "decimals",   "obs_flag",    "obs_status", "conf_status",
                                          "flags",     "flag codes", "last update", "pre_break"};
    return std::find(std::begin(names), std::end(names), to_lower(name)) != std::end(names);
}

class ColumnSorter {
public:
    explicit ColumnSorter(TableDraft& draft) : draft_(draft), columns_(draft.columns) {}

    void sort()
    {
        find_values();
        if (!has_periods_across())
            find_period();
        find_constants();
        find_series();
        name_values();
        note_rest();
    }

private:
    bool has_periods_across() const { return !draft_.layout.across.empty() || !draft_.layout.periods.empty(); }
    std::size_t stub() const;
    bool is_code(std::size_t column) const;
    bool pairs_with_text(std::size_t column) const;
    void find_values();
    bool could_be_period(std::size_t column) const;
    bool is_coarser(std::size_t column, std::size_t period) const;
    void find_period();
    void find_constants();
    void find_filled_down(std::vector<std::size_t>& candidates);
    void find_series();
    std::size_t label_of(std::size_t series) const;
    void name_values();
    std::string names_pattern() const;
    void note_rest();

    TableDraft& draft_;
    std::vector<ColumnDraft>& columns_;
};

std::size_t ColumnSorter::stub() const
{
    const auto filled = std::find_if(columns_.begin(), columns_.end(), [](const auto& c) { return c.filled > 0; });
    return static_cast<std::size_t>(filled - columns_.begin());
}

/// Whole numbers that go one by one with the texts of another column, in more rows than there are of them.
bool ColumnSorter::pairs_with_text(std::size_t column) const
{
    if (columns_[column].distinct.size() < 2 || columns_[column].distinct.size() >= columns_[column].filled)
        return false;
    for (std::size_t other = 0; other < columns_.size(); ++other)
        if (columns_[other].texts == draft_.rows.size() &&
            columns_[other].distinct.size() == columns_[column].distinct.size() &&
            draft_.determine({column}, other) && draft_.determine({other}, column))
            return true;
    return false;
}

bool ColumnSorter::is_code(std::size_t column) const
{
    const auto& at = columns_[column];
    const bool whole = std::all_of(at.distinct.begin(), at.distinct.end(), is_whole_number);
    if (!whole && at.numbers * 2 > at.filled) // "Utgifter per kommune"
        return false;
    if (is_code_name(at.name) || !whole)
        return is_code_name(at.name);
    return column == stub() || std::any_of(at.distinct.begin(), at.distinct.end(), has_zero_in_front) ||
           pairs_with_text(column);
}

/// Columns of numbers, which may look like years, or be marked. With periods across, those are the values.
void ColumnSorter::find_values()
{
    if (has_periods_across())
        return;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        auto& column = columns_[i];
        const auto like_numbers = column.numbers + column.likes + column.marks;
        const bool numeric = like_numbers > 0 && column.texts * 10 < column.filled &&
                             like_numbers + column.years >= column.periods - column.years;
        if (!numeric || is_code(i) || is_attribute_name(column.name))
            continue;
        if (names_time(column.name)) // "Måned" beside "År": it tells values apart, and is none
            draft_.findings.doubt(
                fmt::format("'{}' is called like a period and is taken for a series: no layout joins "
                            "two columns to one period",
                            excerpt(column.name)));
        else
            column.part = Part::value;
    }
}

bool ColumnSorter::could_be_period(std::size_t column) const
{
    const auto& at = columns_[column];
    return at.part == Part::unused && at.periods > 0 && at.periods == at.filled && at.filled == draft_.rows.size() &&
           (!is_code_name(at.name) || may_name_periods(at.name));
}

/// Whether a column says no more of time than another: the year of its months.
bool ColumnSorter::is_coarser(std::size_t column, std::size_t period) const
{
    for (const auto row : draft_.rows)
        if (year_in(draft_.text(row, column)) != year_in(draft_.text(row, period)))
            return false;
    return true;
}

void ColumnSorter::find_period()
{
    std::size_t best = SIZE_MAX;
    const auto rank = [&](std::size_t i) {
        return std::tuple(may_name_periods(columns_[i].name), columns_[i].years < columns_[i].filled,
                          columns_[i].distinct.size(), columns_[i].name.size());
    };
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (could_be_period(i) && (best == SIZE_MAX || rank(i) > rank(best)))
            best = i;
    if (best == SIZE_MAX)
        return;
    columns_[best].part = Part::period;
    draft_.layout.period_column = columns_[best].name;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (!could_be_period(i))
            continue;
        columns_[i].part = is_coarser(i, best) || names_time(columns_[i].name) ? Part::told : Part::value;
        if (columns_[i].part == Part::value && !may_name_periods(columns_[best].name))
            draft_.findings.doubt(fmt::format("the periods are taken from '{}', not from '{}': is that so?",
                                              excerpt(columns_[best].name), excerpt(columns_[i].name)));
    }
    draft_dates(draft_, columns_[best].distinct);
}

/// Dates and numbers that are the same in every row say nothing that the next file would say.
void ColumnSorter::find_constants()
{
    for (std::size_t i = 0; i < columns_.size() && draft_.rows.size() > 1; ++i) {
        auto& column = columns_[i];
        if (column.part != Part::unused || column.filled != draft_.rows.size() || column.distinct.size() != 1 ||
            column.texts != column.filled || is_attribute_name(column.name))
            continue;
        column.part = Part::constant;
        draft_.layout.fixed.emplace_back(column.name, *column.distinct.begin());
        draft_.findings.note(fmt::format("'{}' is '{}' in every row, and so in [layout.fixed]", excerpt(column.name),
                                         excerpt(*column.distinct.begin())));
    }
}

/// A name that is written in the first row of its group only.
void ColumnSorter::find_filled_down(std::vector<std::size_t>& candidates)
{
    const auto first = stub();
    if (first >= columns_.size() || columns_[first].part != Part::unused || candidates.empty() ||
        columns_[first].filled == draft_.rows.size() || columns_[first].texts != columns_[first].filled ||
        draft_.text(draft_.rows.front(), first).empty() || columns_[first].filled < 2)
        return;
    draft_.layout.fill_down.push_back(columns_[first].name);
    draft_.findings.doubt(fmt::format("'{}' is taken to hold for the rows below it, where it is empty: is that so?",
                                      excerpt(columns_[first].name)));
    columns_[first].part = Part::series;
    draft_.layout.series.push_back({columns_[first].name, ""});
}

void ColumnSorter::find_series()
{
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (columns_[i].part == Part::unused && columns_[i].filled == draft_.rows.size() && !draft_.rows.empty() &&
            !is_attribute_name(columns_[i].name) &&
            (!has_periods_across() || columns_[i].texts + columns_[i].periods > 0 || is_code(i)))
            all.push_back(i);
    find_filled_down(all);
    const auto rank = [&](auto i) { return std::pair(!is_code(i), SIZE_MAX - columns_[i].distinct.size()); };
    std::stable_sort(all.begin(), all.end(), [&](auto a, auto b) { return rank(a) < rank(b); });
    std::vector<std::size_t> series;
    for (const auto column : all) {
        const bool any_code = std::any_of(series.begin(), series.end(), [&](auto s) { return is_code(s); });
        const auto tells = [&](auto s) { return draft_.determine({s}, column); };
        if (any_code ? draft_.determine(series, column) : std::any_of(series.begin(), series.end(), tells))
            columns_[column].part = Part::told;
        else
            series.push_back(column);
    }
    std::sort(series.begin(), series.end());
    for (const auto column : series) {
        columns_[column].part = Part::series;
        draft_.layout.series.push_back({columns_[column].name, ""});
        if (const auto label = label_of(column); label != SIZE_MAX) {
            draft_.layout.series.back().label = columns_[label].name;
            columns_[label].part = Part::label;
        }
    }
}

/// A code's label: the text column with most texts that the code determines, if it says about as much.
std::size_t ColumnSorter::label_of(std::size_t series) const
{
    std::size_t best = SIZE_MAX;
    for (std::size_t i = 0; i < columns_.size() && is_code(series); ++i)
        if (columns_[i].part == Part::told && columns_[i].texts * 2 > columns_[i].filled &&
            columns_[i].distinct.size() * 2 > columns_[series].distinct.size() && draft_.determine({series}, i) &&
            (best == SIZE_MAX || columns_[i].distinct.size() > columns_[best].distinct.size()))
            best = i;
    return best;
}

void ColumnSorter::name_values()
{
    auto& layout = draft_.layout;
    std::vector<std::string> names;
    for (const auto& column : columns_)
        if (column.part == Part::value)
            names.push_back(column.name);
    if (layout.series.empty() && layout.fixed.empty() && layout.measures.empty() && layout.across.size() < 2 &&
        (has_periods_across() || names.size() < 2))
        layout.fixed.emplace_back("tabell", "0");
    if (has_periods_across() || names.empty())
        return;
    if (names.size() == 1) {
        layout.value_column = names.front();
        return;
    }
    layout.measures = names_pattern();
}

/// The columns of values by their names, or, where those are too many, all but those that are none.
std::string ColumnSorter::names_pattern() const
{
    std::vector<std::string> values;
    std::vector<std::string> others;
    for (const auto& column : columns_)
        (column.part == Part::value ? values : others).push_back(escaped_pattern(column.name));
    const auto all = "^(" + join(values, "|") + ")$";
    return all.size() <= pattern_size_likely ? all : "^(?!(?:" + join(others, "|") + ")$).+$";
}

/// What is left out, and why.
void ColumnSorter::note_rest()
{
    for (const auto& column : columns_) {
        if (column.filled == 0 || (column.part != Part::told && column.part != Part::unused))
            continue;
        const bool numbers = column.numbers + column.likes > 0 && column.part == Part::unused;
        if (!numbers)
            draft_.findings.note(fmt::format("the column '{}' is left out: {}", excerpt(column.name),
                                             column.part == Part::told ? "other columns tell what it says"
                                             : column.filled < draft_.rows.size()
                                                 ? "it is not filled in every row"
                                                 : "it neither identifies a series nor is a value"));
    }
}

} // namespace

bool is_code_name(const std::string& name)
{
    constexpr std::string_view counts[] = {"antall", "sum ", "andel", "tal ", "number of", "share of", "saker"};
    constexpr std::string_view ends[] = {"nr", "nr.", "nummer", "kode", "code", "nivaa", "_id", " id", "-id"};
    constexpr std::string_view names[] = {"id",  "kommune", "fylke",        "bydel",  "geo",
                                          "knr", "fnr",     "municipality", "county", "region"};
    const auto low = to_lower(name);
    if (std::any_of(std::begin(counts), std::end(counts), [&](auto count) { return low.starts_with(count); }))
        return false; // "Antall uten kode"
    return std::any_of(std::begin(ends), std::end(ends), [&](auto end) { return low.ends_with(end); }) ||
           std::find(std::begin(names), std::end(names), low) != std::end(names);
}

void draft_columns(TableDraft& draft)
{
    ColumnSorter(draft).sort();
}

} // namespace skurd
