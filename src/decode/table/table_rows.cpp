#include "decode/table/table_rows.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/icu/same_text.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// A cell that is a code, label or period: texts that look the same are the same.
std::string word_of(std::string_view cell)
{
    return std::string(trim(same_words(std::string(cell))));
}

bool is_filled(const TableRow& row, std::size_t column)
{
    return !row.is_covered(column) && !trim_cell(row.fields[column]).empty();
}

bool refuses_lone_cells(const TableLayout& layout, const TableSource& source)
{
    using Lone = TableLayout::LoneCells;
    return layout.lone_cells == Lone::refuse || (layout.lone_cells == Lone::automatic && source.is_sheet());
}

} // namespace

TableRows::TableRows(const TableLayout& layout, const TableSource& source, const PeriodReader& periods,
                     TableColumns& columns, TableCube& cube)
    : layout_(layout), source_(source), periods_(periods), columns_(columns), cube_(cube), values_(layout),
      skip_(patterns(layout.skip)), stop_(patterns(layout.stop)), refuses_lone_(refuses_lone_cells(layout, source)),
      last_(columns.filled.size()), cut_(layout.decimal), signs_decided_(layout.signs == TableLayout::Signs::stated)
{
    for (const auto& series : layout.series) {
        auto& coder = coders_.emplace_back();
        if (!series.pattern.empty())
            coder.pattern.emplace(same_words(series.pattern));
        coder.plain = !coder.pattern && series.codes.empty() && layout.footnotes.empty();
        if (series.column.empty())
            heading_series_ = coders_.size() - 1;
    }
    looks_for_lone_ =
        refuses_lone_ || layout.lone_cells == TableLayout::LoneCells::skip || heading_series_ != TableColumns::none;
}

bool TableRows::add(TableRow& row)
{
    std::size_t first = 0;
    while (first < row.fields.size() && !is_filled(row, first))
        ++first;
    if (first == row.fields.size())
        return layout_.blank_rows == TableLayout::BlankRows::skip || added_ == 0;
    if (any_matches(stop_, trim_cell(row.fields[first])))
        return false;
    if (!skip_.empty() && is_skipped(row, trim_cell(row.fields[first])))
        return true;
    const bool is_cut = source_.at_end() && source_.ends_openly();
    if (row.fields.size() != columns_.names.size() && layout_.header_rows > 0)
        throw error("{}: {} fields, but the header has {} columns{}", source_.place(row.line), row.fields.size(),
                    columns_.names.size(), is_cut ? CutFileCheck::advice : "");
    if (first >= columns_.names.size())
        throw error("{}: field {} is filled, but the table has {} columns", source_.place(row.line), first + 1,
                    columns_.names.size());
    if (is_cut)
        cut_.check_last(row, source_);
    if (!source_.is_sheet())
        cut_.note(row);
    row.fields.resize(columns_.names.size());
    const bool lone = looks_for_lone_ && take_lone(row, first);
    fill_down(row);
    if (lone)
        return true;
    refuse_not_computed(row);
    check_fixed(row);
    read_codes(row);
    for (const auto& value : columns_.values)
        add_value(row, value);
    ++added_;
    return true;
}

bool TableRows::is_skipped(const TableRow& row, std::string_view first) const
{
    return any_matches(skip_, first) ||
           std::any_of(columns_.codes.begin(), columns_.codes.end(), [&](const auto& code) {
               return code.column < row.fields.size() && !trim_cell(row.fields[code.column]).empty() &&
                      any_matches(skip_, trim_cell(row.fields[code.column]));
           });
}

/// Whether a row holds one cell only and that is no value: a heading, or what the layout says of such rows.
bool TableRows::take_lone(const TableRow& row, std::size_t first)
{
    for (std::size_t column = first + 1; column < row.fields.size(); ++column)
        if (row.kind(column) != CellType::Kind::covered && !trim_cell(row.fields[column]).empty())
            return false;
    const auto is_value = [&](const auto& value) { return value.column == first; };
    if (std::any_of(columns_.values.begin(), columns_.values.end(), is_value))
        return false;
    const auto text = word_of(row.fields[first]);
    if (heading_series_ != TableColumns::none) {
        const auto& pattern = coders_[heading_series_].pattern;
        if (!pattern || pattern->matches(text)) {
            heading_ = code_of(text, "", heading_series_);
            return true;
        }
    }
    if (refuses_lone_)
        throw error("{}: '{}' stands alone in its row: name it in 'skip' or 'stop' where it is a note or a total, or "
                    "say with 'lone_cells' what such rows are",
                    place(row, first), excerpt(text));
    return layout_.lone_cells == TableLayout::LoneCells::skip;
}

void TableRows::fill_down(TableRow& row)
{
    for (std::size_t i = 0; i < columns_.filled.size(); ++i) {
        auto& text = row.fields[columns_.filled[i]];
        if (trim_cell(text).empty())
            text = last_[i];
        else
            last_[i] = text;
    }
}

std::string TableRows::place(const TableRow& row, std::size_t column) const
{
    return source_.place(row.line, column, columns_.names[column]);
}

/// Of the cells that are read as texts; those of values say it themselves.
void TableRows::refuse_not_computed(const TableRow& row) const
{
    const auto check = [&](std::size_t column) {
        if (column != TableColumns::none && row.kind(column) == CellType::Kind::not_computed)
            throw error("{}: {}", place(row, column), not_computed_text);
    };
    for (const auto& code : columns_.codes) {
        check(code.column);
        check(code.label);
    }
    check(columns_.period);
    check(columns_.unit);
    check(columns_.status);
}

/// What the file says of a dimension that the layout takes for the same in the whole file.
void TableRows::check_fixed(const TableRow& row) const
{
    for (const auto& [column, code] : columns_.fixed)
        if (const auto cell = word_of(row.fields[column]); !cell.empty() && cell != code)
            throw error("{}: '{}', but [layout.fixed] says that it is '{}' in the whole file: make the column a "
                        "[[layout.series]]",
                        place(row, column), excerpt(cell), excerpt(code));
}

std::string TableRows::required(const TableRow& row, std::size_t column) const
{
    auto cell = word_of(row.fields[column]);
    if (cell.empty())
        throw error("{}: an empty cell where a code or period is to be", place(row, column));
    return cell;
}

std::uint32_t TableRows::code_of(std::string_view text, const std::string& label, std::size_t series)
{
    auto& axis = columns_.axes[series];
    if (coders_[series].plain)
        return axis(std::string(text), label);
    text = without_footnotes(text, layout_.footnotes);
    std::string code(text);
    std::string own_label;
    if (const auto& pattern = coders_[series].pattern) {
        const auto groups = pattern->groups(text);
        if (groups.empty() || groups.front().empty())
            throw error("'{}' does not match the pattern of '{}': '{}'", excerpt(text), axis.dimension.id,
                        pattern->text());
        code = groups[0];
        own_label = groups.size() > 1 ? groups[1] : "";
    }
    const auto& codes = layout_.series[series].codes;
    const auto listed = codes.find(code);
    if (own_label.empty() && listed != codes.end())
        own_label = code;
    return axis(listed == codes.end() ? code : listed->second, label.empty() ? own_label : label);
}

std::uint32_t TableRows::read_code(const TableRow& row, std::size_t series)
{
    const auto& code = columns_.codes[series];
    if (code.column == TableColumns::none) {
        if (!heading_)
            throw error("{}: no heading stands above this row, which is to tell '{}'", source_.place(row.line),
                        columns_.axes[series].dimension.id);
        return *heading_;
    }
    std::string label;
    if (code.label != TableColumns::none)
        label = word_of(without_footnotes(row.fields[code.label], layout_.footnotes));
    const auto& empty = layout_.series[series].empty;
    if (!empty.empty() && word_of(row.fields[code.column]).empty())
        return columns_.axes[series](empty, label);
    const auto text = required(row, code.column);
    try {
        return code_of(text, label, series);
    } catch (const Error& failure) {
        throw error("{}: {}", place(row, code.column), failure.what());
    }
}

void TableRows::read_codes(const TableRow& row)
{
    positions_.clear();
    for (std::size_t series = 0; series < columns_.codes.size(); ++series)
        positions_.push_back(read_code(row, series));
    positions_.resize(columns_.axes.size() - 1); // fixed dimensions have one category
    if (columns_.period != TableColumns::none)
        read_period(row);
}

void TableRows::read_period(const TableRow& row)
{
    const auto cell = required(row, columns_.period);
    const std::string text(without_footnotes(cell, layout_.footnotes));
    try {
        const auto period = periods_.read_cell(text);
        period_ = columns_.axes.back()(period, layout_.period_codes.empty() ? period : text);
    } catch (const Error& failure) {
        throw error("{}: {}", place(row, columns_.period), failure.what());
    }
}

void TableRows::note_signs(const TableRow& row, std::size_t column, SignEvidence evidence)
{
    if (row.kind(column) != CellType::Kind::text || evidence == SignEvidence::none)
        return; // a number of a sheet has no signs
    signs_decided_ |= evidence == SignEvidence::decisive;
    if (!signs_decided_ && ambiguous_.empty())
        ambiguous_ = fmt::format("{}: '{}'", place(row, column), excerpt(trim_cell(row.fields[column])));
}

void TableRows::check_signs() const
{
    if (signs_decided_ || ambiguous_.empty())
        return;
    const char sign = layout_.decimal;
    throw error(
        "{} can be read in two ways, and no other number of the file decides: say decimal = '{}' in the layout "
        "if three decimals follow the sign, or decimal = '{}' and thousands = ['{}'] if it separates thousands",
        ambiguous_, sign, sign == ',' ? '.' : ',', sign);
}

void TableRows::add_value(const TableRow& row, const TableColumns::Value& value)
{
    std::copy(value.across.begin(), value.across.end(),
              positions_.end() - static_cast<std::ptrdiff_t>(value.across.size()));
    try {
        auto read = values_.read(row, value.column);
        if (columns_.status != TableColumns::none)
            read = values_.with_status(std::move(read), row.fields[columns_.status]);
        if (auto* number = std::get_if<NumberValue>(&read)) {
            if (columns_.unit != TableColumns::none && number->unit.empty())
                number->unit = trim_cell(row.fields[columns_.unit]);
            note_signs(row, value.column, number->evidence);
        }
        cube_.add(positions_, columns_.period == TableColumns::none ? value.period : period_, read, row.line);
    } catch (const Error& failure) {
        throw error("{}: {}", place(row, value.column), failure.what());
    }
}

} // namespace skurd
