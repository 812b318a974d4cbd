#include "decode/layout/propose_columns.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/layout/write_layout.hpp"
#include "decode/table/table_value.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace skurd {

namespace {

constexpr std::size_t header_rows_max = 5;
constexpr auto year_pattern = "(?:19|20)\\d\\d(?:[KUMQTH/-]\\d+)?";

bool has_number(const Grid::Row& row)
{
    return std::find(row.guesses.begin(), row.guesses.end(), CellGuess::number) != row.guesses.end();
}

bool has_code_name(const std::string& name)
{
    const auto low = to_lower(name);
    for (const auto* end : {"nr", "nr.", "nummer", "kode", "code", "id", "nivaa", "region"})
        if (low.ends_with(end))
            return true;
    return false;
}

/// The cells of one column in the table, and what they are taken for.
struct Column {
    std::string name;
    std::size_t filled = 0;
    std::size_t numbers = 0;
    std::size_t periods = 0;
    std::size_t marks = 0;
    std::size_t texts = 0;
    std::set<std::string> distinct;
    enum class Part { unused, series, label, period, value } part = Part::unused;
};

/// A layout in the making.
class Columns {
public:
    Columns(const Grid& grid, const GridShape& shape, std::vector<std::string>& findings)
        : grid_(grid), shape_(shape), findings_(findings), layout_(grid.layout), columns_(grid.width)
    {
    }

    TableLayout propose()
    {
        find_header();
        end_early();
        find_rows();
        count();
        find_values();
        if (layout_.across.empty() && layout_.periods.empty())
            find_period_column();
        find_series();
        name_values();
        find_numbers();
        return std::move(layout_);
    }

private:
    void find_header();
    void end_early();
    void find_rows();
    void count();
    void find_periods_across();
    void find_values();
    void find_period_column();
    void find_series();
    void name_values();
    void find_numbers();

    bool is_code(std::size_t column) const;
    bool determine(const std::vector<std::size_t>& some, std::size_t other) const;
    std::size_t label_of(std::size_t series) const;
    const std::string& header_text(std::size_t row, std::size_t column) const
    {
        return grid_.rows[shape_.header + row].texts[column];
    }
    void name_column(std::size_t column);

    const Grid& grid_;
    GridShape shape_;
    std::vector<std::string>& findings_;
    TableLayout layout_;
    std::vector<Column> columns_;
    std::vector<std::size_t> read_rows_; ///< indices of the rows that are read
};

void Columns::find_header()
{
    const auto rows = shape_.first - shape_.header;
    layout_.header = grid_.rows[rows > 0 ? shape_.header : shape_.first].line;
    layout_.header_rows = rows;
    std::vector<std::string> group(rows);
    for (std::size_t column = 0; column < grid_.width; ++column) {
        auto& name = columns_[column].name;
        for (std::size_t row = 0; row < rows; ++row) {
            auto text = header_text(row, column);
            const bool upper = row + 1 < rows && !header_text(rows - 1, column).empty();
            if (text.empty() && upper && !group[row].empty()) {
                text = group[row];
                layout_.fill_header = true;
            }
            if (!text.empty() && upper)
                group[row] = text;
            if (!text.empty())
                name += (name.empty() ? "" : " / ") + text;
        }
    }
    std::map<std::string, std::size_t> seen;
    for (std::size_t column = 0; column < grid_.width; ++column)
        if (columns_[column].name.empty() || seen[columns_[column].name]++ > 0)
            name_column(column);
}

void Columns::name_column(std::size_t column)
{
    const auto letter = column_name(layout_.columns.first + column);
    columns_[column].name = "Kolonne " + letter;
    const auto used = [&](std::size_t row) { return !grid_.rows[row].texts[column].empty(); };
    for (auto row = shape_.first; row < shape_.end; ++row)
        if (used(row)) {
            layout_.names[column] = columns_[column].name;
            findings_.push_back("column " + letter + " has no name of its own: give it one in [layout.names]");
            return;
        }
}

/// A row of numbers without the first cell that nearly all others have belongs to another table, which begins with
/// the row of texts above it.
void Columns::end_early()
{
    const auto filled = [&](std::size_t row, std::size_t column) { return !grid_.rows[row].texts[column].empty(); };
    std::size_t stub = 0;
    while (stub + 1 < grid_.width && !filled(shape_.first, stub))
        ++stub;
    std::size_t texts_only = SIZE_MAX;
    for (auto row = shape_.first; row < shape_.end; ++row)
        if (!has_number(grid_.rows[row]) && filled(row, stub))
            texts_only = row;
        else if (has_number(grid_.rows[row]) && !filled(row, stub) && texts_only > shape_.first && texts_only < row) {
            shape_.end = texts_only;
            return;
        }
}

/// Rows without a number between those that have one are notes or headings, and what follows the table ends it.
void Columns::find_rows()
{
    for (auto row = shape_.first; row < shape_.end; ++row) {
        const auto& texts = grid_.rows[row].texts;
        const auto first = *std::find_if(texts.begin(), texts.end(), [](const auto& t) { return !t.empty(); });
        const auto pattern = "^" + escaped_pattern(first.substr(0, Pattern::size_max / 4)) + "$";
        constexpr std::string_view totals[] = {"i alt", "totalt", "sum", "min", "maks", "snitt", "median"};
        const auto low = to_lower(first);
        const auto& guesses = grid_.rows[row].guesses;
        const bool names_only =
            texts.front().empty() && std::count(guesses.begin(), guesses.end(), CellGuess::text) ==
                                         static_cast<std::ptrdiff_t>(grid_.rows[row].filled);
        if (grid_.rows[row].filled == 1 || names_only ||
            std::find(std::begin(totals), std::end(totals), low) != std::end(totals)) {
            if (std::find(layout_.skip.begin(), layout_.skip.end(), pattern) == layout_.skip.end())
                layout_.skip.push_back(pattern);
        } else {
            read_rows_.push_back(row);
        }
    }
    if (!layout_.skip.empty())
        findings_.push_back("rows that look like totals, notes or headings are left out by 'skip'");
    if (shape_.end < grid_.rows.size()) {
        const auto& texts = grid_.rows[shape_.end].texts;
        const auto first = *std::find_if(texts.begin(), texts.end(), [](const auto& t) { return !t.empty(); });
        const auto cut = excerpt(first); // on one line and not in mid-character
        const auto end = cut.find("…");
        layout_.stop = {"^" + escaped_pattern(cut.substr(0, std::min(end, cut.size())))};
        findings_.push_back("the table is taken to end before '" + cut + "'");
    }
}

void Columns::count()
{
    for (const auto row : read_rows_)
        for (std::size_t i = 0; i < grid_.width; ++i) {
            const auto guess = grid_.rows[row].guesses[i];
            columns_[i].filled += guess == CellGuess::empty ? 0 : 1;
            columns_[i].numbers += guess == CellGuess::number ? 1 : 0;
            columns_[i].periods += guess == CellGuess::period ? 1 : 0;
            columns_[i].marks += guess == CellGuess::mark ? 1 : 0;
            columns_[i].texts += guess == CellGuess::text ? 1 : 0;
            if (guess != CellGuess::empty)
                columns_[i].distinct.insert(grid_.rows[row].texts[i]);
        }
}

/// By what it is called, or because all of it is numbers.
bool Columns::is_code(std::size_t column) const
{
    return has_code_name(columns_[column].name) || (columns_[column].texts == 0 && columns_[column].numbers > 0);
}

/// Periods are columns where a row of the header has two different years above columns of numbers.
void Columns::find_periods_across()
{
    const auto rows = shape_.first - shape_.header;
    for (std::size_t row = 0; row < rows; ++row) {
        std::set<std::string> years;
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < grid_.width; ++i)
            if (const auto year = year_in(header_text(row, i)); !year.empty() && columns_[i].texts == 0) {
                years.insert(year);
                found.push_back(i);
            }
        if (years.empty() || (years.size() < 2 && guess_cell(header_text(row, found.front())) != CellGuess::period) ||
            (rows == 1 && years.size() < found.size()))
            continue;
        if (rows == 1)
            layout_.periods = year_pattern;
        else
            layout_.across.push_back({"Tid", year_pattern, row + 1, Role::time});
        for (const auto column : found)
            columns_[column].part = Column::Part::value;
        return;
    }
}

void Columns::find_values()
{
    find_periods_across();
    if (!layout_.periods.empty())
        return;
    const auto stub = static_cast<std::size_t>(
        std::find_if(columns_.begin(), columns_.end(), [](const auto& c) { return c.filled > 0; }) -
        columns_.begin());
    for (std::size_t i = 0; i < grid_.width; ++i) {
        auto& column = columns_[i];
        const bool numeric = column.numbers + column.marks > 0 && column.texts * 10 < column.filled &&
                             column.numbers + column.marks >= column.periods;
        const bool code = i == stub ? column.numbers == column.filled : has_code_name(column.name);
        if (numeric && !code)
            column.part = Column::Part::value;
    }
}

void Columns::find_period_column()
{
    std::size_t best = SIZE_MAX;
    for (std::size_t i = 0; i < grid_.width; ++i) {
        const auto& column = columns_[i];
        if (column.part == Column::Part::unused && column.periods > 0 && column.periods == column.filled &&
            (best == SIZE_MAX || column.distinct.size() > columns_[best].distinct.size() ||
             column.name.size() > columns_[best].name.size()))
            best = i;
    }
    if (best == SIZE_MAX)
        return;
    for (auto& column : columns_) // a coarser one says nothing more
        if (column.part == Column::Part::unused && column.periods > 0 && column.periods == column.filled)
            column.part = Column::Part::label;
    columns_[best].part = Column::Part::period;
    layout_.period_column = columns_[best].name;
    for (const auto& text : columns_[best].distinct)
        if (read_date(text) || (text.size() == 6 && all_digits(text))) {
            layout_.dates = DatePeriod::month;
            findings_.push_back("the dates are taken for months: is that so?");
            break;
        }
}

/// Whether each combination of texts of some columns goes with one text only of another.
bool Columns::determine(const std::vector<std::size_t>& some, std::size_t other) const
{
    std::map<std::string, std::string_view> pairs;
    for (const auto row : read_rows_) {
        const auto& texts = grid_.rows[row].texts;
        std::string key;
        for (const auto column : some)
            key += texts[column] + '\n';
        const auto [known, is_new] = pairs.try_emplace(std::move(key), texts[other]);
        if (!is_new && known->second != texts[other])
            return false;
    }
    return !some.empty();
}

/// Every other column is a series, unless those before already tell what it says; codes come first, the column with
/// most of them in front.
void Columns::find_series()
{
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < grid_.width; ++i)
        if (columns_[i].part == Column::Part::unused && columns_[i].filled == read_rows_.size() &&
            !read_rows_.empty())
            all.push_back(i);
    const auto rank = [&](auto i) { return std::pair(!is_code(i), SIZE_MAX - columns_[i].distinct.size()); };
    std::stable_sort(all.begin(), all.end(), [&](auto a, auto b) { return rank(a) < rank(b); });
    std::vector<std::size_t> series;
    for (const auto column : all) {
        const bool any_code = std::any_of(series.begin(), series.end(), [&](auto s) { return is_code(s); });
        const auto tells = [&](auto s) { return determine({s}, column); };
        if (any_code ? determine(series, column) : std::any_of(series.begin(), series.end(), tells))
            columns_[column].part = Column::Part::label;
        else
            series.push_back(column);
    }
    std::sort(series.begin(), series.end());
    for (const auto column : series) {
        columns_[column].part = Column::Part::series;
        layout_.series.push_back({columns_[column].name, ""});
        if (const auto label = label_of(column); label != SIZE_MAX)
            layout_.series.back().label = columns_[label].name;
    }
}

/// A code's label: the text column with most texts that the code determines, if it says about as much.
std::size_t Columns::label_of(std::size_t series) const
{
    std::size_t best = SIZE_MAX;
    for (std::size_t i = 0; i < grid_.width && is_code(series); ++i)
        if (columns_[i].part == Column::Part::label && columns_[i].texts * 2 > columns_[i].filled &&
            columns_[i].distinct.size() * 2 > columns_[series].distinct.size() && determine({series}, i) &&
            (best == SIZE_MAX || columns_[i].distinct.size() > columns_[best].distinct.size()))
            best = i;
    return best;
}

void Columns::name_values()
{
    std::vector<std::string> names;
    for (const auto& column : columns_)
        if (column.part == Column::Part::value)
            names.push_back(column.name);
    if (layout_.series.empty() && layout_.periods.empty() && names.size() < 2)
        layout_.fixed.emplace_back("tabell", "0");
    if (!layout_.periods.empty() || names.empty())
        return;
    if (!layout_.across.empty()) {
        for (std::size_t row = 0; row < layout_.header_rows; ++row)
            if (row + 1 != layout_.across.back().row)
                layout_.across.insert(layout_.across.end() - 1, {fmt::format("rad {}", row + 1), ".+", row + 1});
    } else if (names.size() == 1) {
        layout_.value_column = names.front();
    } else {
        std::vector<std::string> patterns;
        for (const auto& name : names)
            patterns.push_back(escaped_pattern(name));
        layout_.measures = "^(" + join(patterns, "|") + ")$";
    }
}

void Columns::find_numbers()
{
    std::size_t comma = 0;
    std::size_t point = 0;
    std::set<std::string> marks;
    std::set<std::string> notes;
    for (const auto row : read_rows_)
        for (std::size_t i = 0; i < grid_.width; ++i) {
            if (columns_[i].part != Column::Part::value)
                continue;
            const auto& text = grid_.rows[row].texts[i];
            const auto guess = grid_.rows[row].guesses[i];
            if (guess == CellGuess::mark)
                marks.insert(text);
            else if (guess == CellGuess::text)
                notes.insert(text);
            comma += text.find(',') != std::string::npos ? 1 : 0;
            point += text.find('.') != std::string::npos && guess == CellGuess::number ? 1 : 0;
        }
    const bool is_text = layout_.format == TableLayout::Format::csv;
    if (is_text && point > comma) {
        layout_.decimal = '.';
        findings_.push_back("the decimal sign is taken to be a point");
    }
    if (is_text && point > 0 && comma > 0)
        layout_.thousands.push_back(layout_.decimal == ',' ? "." : ",");
    layout_.missing.assign(marks.begin(), marks.end());
    for (const auto& note : notes) {
        layout_.notes.emplace_back("^" + escaped_pattern(note.substr(0, Pattern::size_max / 4)), "not available");
        findings_.push_back("is the text '" + excerpt(note) + "' among the values a note in place of one?");
    }
    if (grid_.percent) {
        layout_.percent = TableLayout::Percent::percent;
        findings_.push_back("fractions shown as percent are read as percent");
    }
}

} // namespace

GridShape find_shape(const Grid& grid, std::vector<std::string>& findings)
{
    GridShape shape;
    const auto is_data = [](const Grid::Row& row) { return row.filled > 1 && has_number(row); };
    const auto first = std::find_if(grid.rows.begin(), grid.rows.end(), is_data);
    if (first == grid.rows.end())
        throw error("no row of the file has a number and something else in it");
    const auto is_like_data = [](const Grid::Row& row) {
        return row.filled > 1 && (has_number(row) || std::find(row.guesses.begin(), row.guesses.end(),
                                                               CellGuess::mark) != row.guesses.end());
    };
    const auto last = std::find_if(grid.rows.rbegin(), grid.rows.rend(), is_like_data).base();
    shape.first = shape.header = static_cast<std::size_t>(first - grid.rows.begin());
    shape.end = static_cast<std::size_t>(last - grid.rows.begin());
    while (shape.header > 0 && !grid.rows[shape.header].follows_blank && grid.rows[shape.header - 1].filled > 1 &&
           shape.first - shape.header < header_rows_max)
        --shape.header;
    if (shape.header == shape.first)
        findings.push_back("there is no header above the first row of numbers");
    return shape;
}

TableLayout propose_columns(const Grid& grid, const GridShape& shape, std::vector<std::string>& findings)
{
    return Columns(grid, shape, findings).propose();
}

} // namespace skurd
