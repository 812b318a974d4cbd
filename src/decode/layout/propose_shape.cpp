// Where tables are in a grid.
//
// The first row that has a number beside other cells is a row of values; what stands above it, up to a row with
// nothing in it, is the header (one such row may lie between). That takes rows of numbers that look like years for a
// header, so from the top each row is asked again: it holds values if it has a mark, if periods stand above its
// periods, if its own first cell is a period below a name, or if the next row is like it; periods below names that
// all differ are values unless they are a row of years as one counts them.
// A table ends where a header comes again: names above columns of numbers, after a row with nothing in it or with the
// first cell empty. All between is its rows; what follows the last row with a number is notes.
#include "decode/layout/propose_shape.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

constexpr std::size_t header_rows_max = 5;
constexpr std::size_t blank_rows_max = 3; ///< between the header and the first row below it

bool has_number(const Grid::Row& row)
{
    return row.has(CellGuess::number);
}

/// What a row without a number holds.
enum class Holds { names, values, perhaps_values };

class ShapeFinder {
public:
    explicit ShapeFinder(const Grid& grid) : rows_(grid.rows), width_(grid.width) {}

    std::vector<GridShape> find()
    {
        std::vector<GridShape> shapes;
        std::size_t titles_end = SIZE_MAX;
        for (std::size_t begin = 0; begin < rows_.size();) {
            auto shape = find_next(begin);
            if (shape.first == rows_.size())
                break;
            titles_end = std::min(titles_end, shape.header);
            shape.titles_end = titles_end;
            begin = shape.limit;
            shapes.push_back(std::move(shape));
        }
        return shapes;
    }

private:
    GridShape find_next(std::size_t begin) const;
    std::size_t first_numbers(std::size_t begin) const;
    void find_header(GridShape& shape) const;
    void look_for_values_above(GridShape& shape) const;
    void take_numbers_for_names(GridShape& shape) const;
    void find_end(GridShape& shape) const;

    Holds is_values(std::size_t row, std::size_t header, std::size_t stub) const;
    bool is_like_next(std::size_t row, std::size_t column, std::size_t stub) const;
    bool are_all_different(std::size_t row) const;
    bool are_names(std::size_t row) const;
    bool are_years(std::size_t row) const;
    bool is_like_data(std::size_t row, std::size_t stub) const;
    bool goes_on(std::size_t row, const GridShape& shape) const;
    bool begins_table(std::size_t row, const GridShape& shape) const;
    bool repeats_header(std::size_t row, const GridShape& shape) const;
    bool follows_gap(std::size_t row) const;
    std::size_t stub_of(std::size_t row) const;
    std::vector<std::size_t> with(CellGuess guess, std::size_t row) const;

    const std::vector<Grid::Row>& rows_;
    std::size_t width_;
};

std::vector<std::size_t> ShapeFinder::with(CellGuess guess, std::size_t row) const
{
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < width_; ++i)
        if (rows_[row].guesses[i] == guess)
            columns.push_back(i);
    return columns;
}

/// The first column with something in it.
std::size_t ShapeFinder::stub_of(std::size_t row) const
{
    std::size_t column = 0;
    while (column + 1 < width_ && rows_[row].texts[column].empty())
        ++column;
    return column;
}

/// A row of names: no number, no mark, and more than one cell.
bool ShapeFinder::are_names(std::size_t row) const
{
    return rows_[row].filled > 1 && !has_number(rows_[row]) && !rows_[row].has(CellGuess::mark) &&
           !rows_[row].has(CellGuess::like_number);
}

/// Periods that ascend or descend by one step, as a header has them, once or over and over.
bool ShapeFinder::are_years(std::size_t row) const
{
    std::vector<int> years;
    for (const auto column : with(CellGuess::period, row)) {
        if (!is_bare_year(rows_[row].texts[column]))
            return true; // a quarter, a month, a date
        years.push_back(std::stoi(rows_[row].texts[column]));
    }
    if (std::set<int>(years.begin(), years.end()).size() < years.size())
        return true;
    for (std::size_t i = 2; i < years.size(); ++i)
        if (years[i] - years[i - 1] != years[1] - years[0])
            return false;
    return years.size() < 2 || std::abs(years[1] - years[0]) <= 10;
}

/// What a row without a number holds; `stub` is the first column of rows of values.
Holds ShapeFinder::is_values(std::size_t row, std::size_t header, std::size_t stub) const
{
    const auto& at = rows_[row];
    const auto& above = rows_[row - 1];
    const auto texts = with(CellGuess::text, row).size();
    const bool stub_is_text = at.guesses[stub] == CellGuess::text;
    if (at.texts[stub].empty() || at.filled < 2 || texts > (stub_is_text ? 2U : 0U))
        return Holds::names;
    if (at.has(CellGuess::mark) && stub == stub_of(header))
        return above.filled > 1 ? Holds::values : Holds::names;
    const auto periods = with(CellGuess::period, row);
    if (periods.empty())
        return Holds::names;
    if (periods.front() == stub)
        return above.guesses[stub] == CellGuess::text ? Holds::values : Holds::names;
    const auto column = periods.back();
    if (!is_bare_year(at.texts[column]))
        return Holds::names;
    if (above.guesses[column] == CellGuess::period || is_like_next(row, column, stub))
        return Holds::values;
    const bool perhaps = above.guesses[column] == CellGuess::text && are_all_different(row - 1) && !are_years(row);
    return perhaps ? Holds::perhaps_values : Holds::names;
}

/// Whether a row of numbers that look like years is followed by another: a header has one such row.
bool ShapeFinder::is_like_next(std::size_t row, std::size_t column, std::size_t stub) const
{
    const auto next = row + 1;
    return next < rows_.size() && is_bare_year(rows_[next].texts[column]) && !rows_[next].texts[stub].empty() &&
           !has_number(rows_[next]) && !rows_[next].follows_blank;
}

bool ShapeFinder::are_all_different(std::size_t row) const
{
    std::set<std::string> different;
    const auto names = with(CellGuess::text, row);
    for (const auto name : names)
        different.insert(rows_[row].texts[name]);
    return different.size() == names.size();
}

std::size_t ShapeFinder::first_numbers(std::size_t begin) const
{
    for (auto row = begin; row < rows_.size(); ++row)
        if (rows_[row].filled > 1 && has_number(rows_[row]))
            return row;
    // A table all of whose numbers look like years.
    for (auto row = begin + 1; begin == 0 && row + 1 < rows_.size(); ++row)
        if (rows_[row - 1].filled > 1 && is_values(row, row - 1, stub_of(row)) != Holds::names)
            return row;
    return rows_.size();
}

/// Rows with one cell may stand between the header and the first number: headings, or rows without values.
void ShapeFinder::find_header(GridShape& shape) const
{
    auto row = shape.first;
    while (row > shape.begin && rows_[row - 1].filled == 1 && !rows_[row].follows_blank)
        --row;
    if (row == shape.begin || !are_names(row - 1) || (row == shape.first && !rows_[row].follows_blank))
        row = shape.first;
    const bool lone_between = row != shape.first;
    const bool gap = row > shape.begin && rows_[row].follows_blank && are_names(row - 1) &&
                     rows_[row - 1].line + blank_rows_max >= rows_[row].line - 1;
    if (rows_[row].follows_blank && !gap)
        row = shape.first;
    shape.body = shape.header_end = row;
    if (gap || lone_between)
        --row;
    while (row > shape.begin && !rows_[row].follows_blank && rows_[row - 1].filled > 1 &&
           shape.header_end - row < header_rows_max)
        --row;
    shape.header = row;
}

void ShapeFinder::look_for_values_above(GridShape& shape) const
{
    for (auto row = shape.header + 1; row < shape.header_end; ++row) {
        const auto holds = is_values(row, shape.header, stub_of(shape.first));
        if (holds == Holds::names)
            continue;
        if (holds == Holds::perhaps_values)
            shape.doubts.push_back(
                fmt::format("row {} is taken for values, though it could be a header of years", rows_[row].line));
        shape.first = shape.body = shape.header_end = row;
        return;
    }
}

/// Whole numbers that ascend above columns of numbers are names: ages, sizes.
void ShapeFinder::take_numbers_for_names(GridShape& shape) const
{
    const auto row = shape.first;
    if (shape.header != row || row + 1 >= rows_.size() || !has_number(rows_[row + 1]))
        return;
    std::vector<long> numbers;
    for (std::size_t i = 0; i < width_; ++i) {
        const auto& text = rows_[row].texts[i];
        if (rows_[row].guesses[i] == CellGuess::text || text.empty())
            continue;
        if (!all_digits(text) || text.size() > 9 || (!numbers.empty() && std::stol(text) <= numbers.back()))
            return;
        numbers.push_back(std::stol(text));
    }
    const auto stub = rows_[row].guesses[stub_of(row + 1)];
    if (numbers.size() < 2 || (stub != CellGuess::text && stub != CellGuess::empty))
        return;
    shape.doubts.push_back(fmt::format("the numbers of row {}, which ascend, are taken for the names of columns: is "
                                       "that so?",
                                       rows_[row].line));
    shape.first = shape.body = shape.header_end = row + 1;
}

bool ShapeFinder::is_like_data(std::size_t row, std::size_t stub) const
{
    const auto& at = rows_[row];
    if (at.filled < 2)
        return false;
    if (has_number(at))
        return true;
    for (auto column = stub + 1; column < width_; ++column)
        if (at.guesses[column] == CellGuess::mark || at.guesses[column] == CellGuess::like_number)
            return true;
    const auto periods = with(CellGuess::period, row);
    return !periods.empty() && !at.texts[stub].empty() && periods.back() != stub;
}

/// Whether a row without a number stands in the table all the same: it has a cell in each column that the first has.
bool ShapeFinder::goes_on(std::size_t row, const GridShape& shape) const
{
    for (std::size_t i = 0; i < width_ && !rows_[row].follows_blank; ++i)
        if (rows_[row].texts[i].empty() != rows_[shape.first].texts[i].empty())
            return false;
    return !rows_[row].follows_blank;
}

bool ShapeFinder::begins_table(std::size_t row, const GridShape& shape) const
{
    if (!are_names(row))
        return false;
    const auto ahead = std::min(rows_.size(), row + 1 + header_rows_max);
    bool numbers_follow = false;
    for (auto next = row + 1; next < ahead; ++next)
        numbers_follow |= rows_[next].filled > 1 && has_number(rows_[next]);
    if (!numbers_follow)
        return false;
    std::size_t names = 0;
    std::size_t same = 0;
    std::size_t others = 0;
    for (std::size_t i = stub_of(shape.first) + 1; i < width_; ++i) {
        const auto& text = rows_[row].texts[i];
        if (text.empty() || rows_[shape.first].texts[i].empty())
            continue;
        names += rows_[shape.first].guesses[i] != CellGuess::text ? 1 : 0;
        others += rows_[shape.first].guesses[i] == CellGuess::text ? 1 : 0;
        for (auto header = shape.header; header < shape.header_end; ++header)
            same += rows_[header].texts[i] == text ? 1 : 0;
    }
    const bool stub_is_empty = rows_[row].texts[stub_of(shape.first)].empty();
    if (same > 0 && same * 2 >= names + others)
        return true;
    const bool all_years = rows_[row].has(CellGuess::period) && !are_years(row);
    return names > 0 && (stub_is_empty || (follows_gap(row) && !all_years));
}

/// Whether a row with nothing in it stands above, titles between them aside.
bool ShapeFinder::follows_gap(std::size_t row) const
{
    while (row > 0 && !rows_[row].follows_blank && rows_[row - 1].filled == 1)
        --row;
    return rows_[row].follows_blank;
}

/// Whether the header comes again, with a first cell that no row of values has: it can be passed over.
bool ShapeFinder::repeats_header(std::size_t row, const GridShape& shape) const
{
    if (shape.header_end != shape.header + 1 || rows_[row].texts != rows_[shape.header].texts)
        return false;
    const auto& first = rows_[row].first_text();
    return std::none_of(rows_.begin() + static_cast<std::ptrdiff_t>(shape.body), rows_.end(), [&](const auto& other) {
        return other.texts != rows_[row].texts &&
               std::find(other.texts.begin(), other.texts.end(), first) != other.texts.end();
    });
}

void ShapeFinder::find_end(GridShape& shape) const
{
    const auto stub = stub_of(shape.first);
    shape.end = shape.first + 1;
    shape.limit = rows_.size();
    for (auto row = shape.first + 1; row < rows_.size(); ++row) {
        const bool begins = begins_table(row, shape);
        if (begins && repeats_header(row, shape)) {
            shape.repeats.push_back(row);
            continue;
        }
        if (begins) {
            shape.limit = row;
            while (shape.limit > shape.end && rows_[shape.limit - 1].filled == 1 && !rows_[shape.limit].follows_blank)
                --shape.limit;
            break;
        }
        if (is_like_data(row, stub) || (row == shape.end && goes_on(row, shape)))
            shape.end = row + 1;
    }
    while (!shape.repeats.empty() && shape.repeats.back() >= shape.end)
        shape.repeats.pop_back();
    for (auto row = shape.first; row < shape.end; ++row)
        shape.numbers += with(CellGuess::number, row).size() + with(CellGuess::like_number, row).size();
    if (shape.numbers == 0)
        for (auto row = shape.first; row < shape.end; ++row)
            shape.numbers += with(CellGuess::period, row).size();
}

GridShape ShapeFinder::find_next(std::size_t begin) const
{
    GridShape shape;
    shape.begin = begin;
    shape.first = first_numbers(begin);
    if (shape.first == rows_.size())
        return shape;
    find_header(shape);
    look_for_values_above(shape);
    take_numbers_for_names(shape);
    if (shape.header == shape.first)
        shape.doubts.emplace_back("there is no header above the first row of numbers");
    find_end(shape);
    return shape;
}

} // namespace

std::vector<GridShape> find_shapes(const Grid& grid)
{
    return ShapeFinder(grid).find();
}

} // namespace skurd
