#include "decode/csv_columns.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/csv_number.hpp"

#include <algorithm>
#include <regex>
#include <set>

namespace skurd {

namespace {

std::vector<std::string> read_names(CsvReader& reader, const CsvLayout& layout, std::size_t line)
{
    std::vector<std::string> names;
    CsvRecord record;
    for (std::size_t row = 0; row < layout.header_rows; ++row) {
        if (!reader.read(record) || (row == 0 && record.is_blank()))
            throw error("line {}: the header is to be here, but the line is empty", line + row);
        if (row > 0 && record.fields.size() != names.size())
            throw error("line {}: {} fields in a header of {} columns", record.line, record.fields.size(),
                        names.size());
        names.resize(record.fields.size());
        for (std::size_t column = 0; column < names.size(); ++column)
            if (const auto cell = trim_cell(record.fields[column]); !cell.empty())
                names[column].append(names[column].empty() ? "" : " / ").append(cell);
    }
    return names;
}

std::string list_of(const std::vector<std::string>& names)
{
    constexpr std::size_t shown_max = 30;
    std::vector<std::string> shown;
    for (const auto& name : names)
        if (!name.empty() && shown.size() < shown_max)
            shown.push_back("'" + quotable(name) + "'");
    return join(shown, ", ") + (names.size() > shown_max ? ", …" : "");
}

/// Finds columns by what the layout says of them.
class Header {
public:
    Header(const std::vector<std::string>& names, std::size_t line) : names_(names), line_(line) {}

    std::size_t find(const std::string& name) const
    {
        const auto found = std::find(names_.begin(), names_.end(), name);
        if (found == names_.end())
            throw error("line {}: there is no column '{}'{}; the columns are {}", line_, name,
                        quotable(did_you_mean(name, names_)), list_of(names_));
        if (const auto again = std::find(found + 1, names_.end(), name); again != names_.end())
            throw error("line {}: the column '{}' stands twice, as columns {} and {}", line_, name,
                        found - names_.begin() + 1, again - names_.begin() + 1);
        return static_cast<std::size_t>(found - names_.begin());
    }

    /// What a pattern finds in a column's name; nothing where it does not match.
    std::optional<std::string> search(const std::regex& pattern, std::size_t column) const
    {
        // std::regex goes as deep as the text is long.
        constexpr std::size_t size_max = 1000;
        const auto& name = names_[column];
        if (name.size() > size_max)
            throw error("line {}: the name of column {} is longer than {} bytes", line_, column + 1, size_max);
        std::smatch match;
        if (!std::regex_search(name, match, pattern))
            return std::nullopt;
        return std::string(trim_cell(match.size() > 1 ? match[1].str() : match[0].str()));
    }

    std::size_t line() const { return line_; }
    std::size_t size() const { return names_.size(); }
    const std::string& name(std::size_t column) const { return names_[column]; }
    std::string list() const { return list_of(names_); }

private:
    const std::vector<std::string>& names_;
    std::size_t line_;
};

void add_values_by_pattern(CsvColumns& columns, const Header& header, const CsvLayout& layout)
{
    const std::regex periods(layout.periods);
    const std::regex measures(layout.measures);
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    for (std::size_t column = 0; column < header.size(); ++column) {
        const bool taken = column == columns.period ||
                           std::any_of(columns.codes.begin(), columns.codes.end(), [&](const auto& code) {
                               return column == code.column || column == code.label;
                           });
        const auto period = layout.periods.empty() ? layout.period : header.search(periods, column);
        const auto measure = layout.measures.empty() ? "" : header.search(measures, column);
        if (taken || !period || !measure)
            continue;
        CsvColumns::Value value{column, 0, 0};
        if (!layout.measures.empty())
            value.measure = columns.axes[columns.codes.size()](*measure, *measure);
        if (columns.period == CsvColumns::none)
            value.period = columns.axes.back()(*period, *period);
        if (!seen.emplace(value.measure, value.period).second)
            throw error("line {}: column {} '{}' is another one with {}", header.line(), column + 1,
                        quotable(header.name(column)),
                        layout.periods.empty()
                            ? "measure '" + quotable(*measure) + "'"
                            : "period '" + quotable(*period) + "'" +
                                  (measure->empty() ? "" : " and measure '" + quotable(*measure) + "'"));
        columns.values.push_back(value);
    }
    if (columns.values.empty())
        throw error("line {}: no column matches {}; the columns are {}", header.line(),
                    layout.measures.empty()  ? "the pattern of periods '" + layout.periods + "'"
                    : layout.periods.empty() ? "the pattern of measures '" + layout.measures + "'"
                                             : "both the patterns of periods '" + layout.periods +
                                                   "' and measures '" + layout.measures + "'",
                    header.list());
}

void add_axes(CsvColumns& columns, const CsvLayout& layout)
{
    for (const auto& series : layout.series)
        columns.axes.emplace_back(series.id.empty() ? series.column : series.id, Role::none);
    if (!layout.measures.empty())
        columns.axes.emplace_back(layout.measure_id, Role::metric);
    columns.axes.emplace_back(!layout.period_id.empty()      ? layout.period_id
                              : layout.period_column.empty() ? "Tid"
                                                             : layout.period_column,
                              Role::time);
}

} // namespace

CsvAxis::CsvAxis(std::string id, Role role)
{
    dimension.label = id;
    dimension.id = std::move(id);
    dimension.role = role;
}

std::uint32_t CsvAxis::operator()(const std::string& code, const std::string& label)
{
    const auto [found, is_new] = positions_.try_emplace(code, static_cast<std::uint32_t>(positions_.size()));
    if (is_new)
        dimension.categories.push_back({code, label.empty() ? code : label, "", std::nullopt});
    return found->second;
}

CsvColumns read_columns(CsvReader& reader, const CsvLayout& layout)
{
    while (layout.header > reader.line() && !reader.at_end())
        reader.skip_line();
    if (reader.at_end())
        throw error("the header is to be in line {}, but the file ends in line {}",
                    std::max<std::size_t>(1, layout.header), reader.line());
    const auto line = reader.line();
    CsvColumns columns;
    columns.names = read_names(reader, layout, line);
    const Header header(columns.names, line);
    for (const auto& series : layout.series)
        columns.codes.push_back(
            {header.find(series.column), series.label.empty() ? CsvColumns::none : header.find(series.label)});
    if (!layout.period_column.empty())
        columns.period = header.find(layout.period_column);
    add_axes(columns, layout);
    if (layout.value_column.empty())
        add_values_by_pattern(columns, header, layout);
    else
        columns.values.push_back({header.find(layout.value_column), 0,
                                  layout.period.empty() ? 0 : columns.axes.back()(layout.period, layout.period)});
    return columns;
}

} // namespace skurd
