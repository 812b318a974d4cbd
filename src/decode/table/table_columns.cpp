#include "decode/table/table_columns.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/table/table_value.hpp"
#include "lib/icu/same_text.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

std::string time_id(const TableLayout& layout)
{
    if (!layout.period_id.empty())
        return layout.period_id;
    return layout.period_column.empty() ? "Tid" : layout.period_column;
}

/// Everything that runs across, time last.
std::vector<TableAcross> across_of(const TableLayout& layout)
{
    std::vector<TableAcross> all;
    if (!layout.measures.empty())
        all.push_back({layout.measure_id, layout.measures, 0, Role::metric, {}, "measures"});
    all.insert(all.end(), layout.across.begin(), layout.across.end());
    if (!layout.periods.empty())
        all.push_back({time_id(layout), layout.periods, 0, Role::time, layout.period_codes, "periods"});
    std::stable_partition(all.begin(), all.end(), [](const auto& across) { return across.role != Role::time; });
    return all;
}

/// Finds the value columns, where they are told by patterns.
class ValueColumns {
public:
    ValueColumns(TableColumns& columns, const TableHeader& header, const TableLayout& layout,
                 const PeriodReader& periods)
        : columns_(columns), header_(header), periods_(periods), across_(across_of(layout))
    {
        for (const auto& across : across_)
            patterns_.emplace_back(across.pattern);
    }

    void find()
    {
        for (std::size_t column = 0; column < header_.width(); ++column)
            if (!is_taken(column))
                consider(column);
        if (columns_.values.empty())
            refuse_none();
    }

private:
    bool is_taken(std::size_t column) const
    {
        return column == columns_.period || column == columns_.unit || column == columns_.status ||
               std::any_of(columns_.codes.begin(), columns_.codes.end(),
                           [&](const auto& code) { return column == code.column || column == code.label; });
    }

    void consider(std::size_t column)
    {
        std::vector<std::string> found;
        for (std::size_t i = 0; i < across_.size(); ++i) {
            auto category = patterns_[i].find(header_.text(across_[i].row, column));
            if (!category)
                return;
            found.push_back(same_words(std::move(*category)));
        }
        TableColumns::Value value{column};
        for (std::size_t i = 0; i < columns_.across; ++i) {
            const auto code = across_[i].codes.find(found[i]);
            value.across.push_back(columns_.axes[columns_.axes.size() - 1 - columns_.across + i](
                code == across_[i].codes.end() ? found[i] : code->second, found[i]));
        }
        if (columns_.period == TableColumns::none)
            value.period = period_of_column(column, found);
        if (!seen_.emplace(value.across, value.period).second)
            refuse_second(column, found);
        columns_.values.push_back(std::move(value));
    }

    std::uint32_t period_of_column(std::size_t column, const std::vector<std::string>& found)
    {
        if (columns_.across == across_.size()) // one period for the whole file
            return 0;
        try {
            return columns_.axes.back()(periods_.read(found.back()), found.back());
        } catch (const Error& failure) {
            throw error("{}: column {}: {}", header_.place(), column + 1, failure.what());
        }
    }

    [[noreturn]] void refuse_second(std::size_t column, const std::vector<std::string>& found) const
    {
        std::vector<std::string> what;
        for (std::size_t i = found.size(); i-- > 0;)
            what.push_back(fmt::format(
                "{} '{}'",
                across_[i].called.empty() ? across_[i].id : across_[i].called.substr(0, across_[i].called.size() - 1),
                excerpt(found[i])));
        throw error("{}: column {} '{}' is another one with {}", header_.place(), column + 1,
                    excerpt(header_.name(column)), join(what, " and "));
    }

    [[noreturn]] void refuse_none() const
    {
        std::vector<std::string> what;
        for (std::size_t i = across_.size(); i-- > 0;)
            what.push_back(fmt::format(
                "{}{} '{}'", across_[i].called.empty() ? "'" + across_[i].id + "'" : across_[i].called,
                across_[i].row ? fmt::format(" in row {} of the header", across_[i].row) : "", across_[i].pattern));
        throw error("{}: no column matches {} of {}; the columns are {}", header_.place(),
                    what.size() == 1 ? "the pattern" : "all the patterns", join(what, " and "), header_.list());
    }

    TableColumns& columns_;
    const TableHeader& header_;
    const PeriodReader& periods_;
    std::vector<TableAcross> across_;
    std::vector<Pattern> patterns_;
    std::set<std::pair<std::vector<std::uint32_t>, std::uint32_t>> seen_;
};

void add_axes(TableColumns& columns, const TableLayout& layout)
{
    for (const auto& series : layout.series)
        columns.axes.emplace_back(series.id.empty() ? series.column : series.id, series.role);
    for (const auto& [id, code] : layout.fixed) {
        columns.axes.emplace_back(id, Role::none);
        columns.axes.back()(code, code);
    }
    std::string time = time_id(layout);
    for (const auto& across : across_of(layout))
        if (across.role == Role::time) {
            time = across.id;
        } else {
            columns.axes.emplace_back(across.id, across.role);
            ++columns.across;
        }
    columns.axes.emplace_back(time, Role::time);
}

std::string period_in_cell(const TableSource& source, const TableLayout& layout, const PeriodReader& periods)
{
    const auto cell = source.cell(layout.period_cell);
    if (cell.text.empty())
        throw error("{}: an empty cell where the period is to be", cell.place);
    try {
        return periods.read_cell(cell.text);
    } catch (const Error& failure) {
        throw error("{}: {}", cell.place, failure.what());
    }
}

} // namespace

TableAxis::TableAxis(std::string id, Role role)
{
    dimension.label = id;
    dimension.id = std::move(id);
    dimension.role = role;
}

std::uint32_t TableAxis::operator()(const std::string& code, const std::string& label)
{
    const auto [found, is_new] = positions_.try_emplace(code, static_cast<std::uint32_t>(positions_.size()));
    if (is_new)
        dimension.categories.push_back({code, label.empty() ? code : label, "", std::nullopt});
    return found->second;
}

TableColumns read_columns(TableSource& source, const TableLayout& layout, const PeriodReader& periods)
{
    const TableHeader header(source, layout);
    TableColumns columns;
    columns.names = header.names();
    const auto find = [&](const std::string& name) { return name.empty() ? TableColumns::none : header.find(name); };
    for (const auto& series : layout.series)
        columns.codes.push_back({find(series.column), find(series.label)});
    for (const auto& [id, code] : layout.fixed)
        if (const auto at = std::find(columns.names.begin(), columns.names.end(), id); at != columns.names.end())
            columns.fixed.push_back({static_cast<std::size_t>(at - columns.names.begin()), code});
    columns.period = find(layout.period_column);
    columns.unit = find(layout.unit_column);
    columns.status = find(layout.status_column);
    for (const auto& name : layout.fill_down)
        columns.filled.push_back(find(name));
    add_axes(columns, layout);
    const auto period = layout.period_cell.empty() ? layout.period : period_in_cell(source, layout, periods);
    if (!period.empty())
        columns.axes.back()(period, period);
    if (layout.value_column.empty())
        ValueColumns(columns, header, layout, periods).find();
    else
        columns.values.push_back({header.find(layout.value_column)});
    return columns;
}

} // namespace skurd
