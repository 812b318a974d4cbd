#include "report/table_xlsx.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"

namespace skurd {

namespace {

std::string decimals_format(int decimals)
{
    return decimals > 0 ? "0." + std::string(static_cast<std::size_t>(decimals), '0') : "0";
}

} // namespace

TableXlsx::TableXlsx(const std::string& title, const std::vector<TableColumn>& columns, Time created)
    : out_(title, created), columns_(static_cast<int>(columns.size()))
{
    out_.add_sheet(title);
    out_.freeze_above(1);
    int column = 0;
    for (const auto& each : columns) {
        out_.set_column_width(column, static_cast<int>(each.name.size()) + 2);
        out_.text(0, column++, each.name, {.bold = true, .rule = SheetStyle::Rule::light});
    }
}

void TableXlsx::begin_row()
{
    if (rows_ == rows_max)
        throw usage_error("a sheet has {} rows, and these are more: select fewer, or export as Parquet or CSV",
                          rows_max);
    ++rows_;
    column_ = 0;
}

void TableXlsx::text(std::string_view text)
{
    if (!text.empty())
        out_.text(rows_, column_, std::string(text));
    ++column_;
}

void TableXlsx::number(const std::optional<Decimal>& number)
{
    if (number)
        out_.number(rows_, column_, *number, {.number_format = decimals_format(number->scale())});
    ++column_;
}

void TableXlsx::integer(const std::optional<std::int64_t>& number)
{
    if (number)
        out_.number(rows_, column_, Decimal(*number, 0));
    ++column_;
}

void TableXlsx::instant(const std::optional<Time>& time)
{
    text(time ? format_time(*time) : std::string());
}

std::string TableXlsx::bytes()
{
    if (rows_ > 0)
        out_.add_filter(0, rows_, columns_);
    return out_.bytes();
}

} // namespace skurd
