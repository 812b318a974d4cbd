#include "report/table_parquet.hpp"

#include <charconv>

namespace skurd {

namespace {

double as_double(const std::string& digits)
{
    double number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

std::vector<ParquetColumn> parquet_columns(const std::vector<TableColumn>& table)
{
    using Kind = TableColumn::Kind;
    std::vector<ParquetColumn> columns;
    for (const auto& [name, kind] : table) {
        columns.push_back({name, kind == Kind::integer   ? ParquetType::integer
                                 : kind == Kind::number  ? ParquetType::real
                                 : kind == Kind::instant ? ParquetType::instant
                                                         : ParquetType::text});
        if (kind == Kind::number)
            columns.push_back({name + "_digits", ParquetType::text});
    }
    return columns;
}

} // namespace

TableParquet::TableParquet(const std::vector<TableColumn>& columns, ParquetWriter::Sink sink, std::size_t group_bytes)
    : out_(parquet_columns(columns), std::move(sink), group_bytes)
{
}

void TableParquet::number(const std::optional<Decimal>& number)
{
    if (!number) {
        out_.add_null();
        out_.add_null();
        return;
    }
    const auto digits = number->text();
    out_.add(as_double(digits));
    out_.add(std::string_view(digits));
}

void TableParquet::integer(const std::optional<std::int64_t>& number)
{
    if (number)
        out_.add(*number);
    else
        out_.add_null();
}

void TableParquet::instant(const std::optional<Time>& time)
{
    if (time)
        out_.add(*time);
    else
        out_.add_null();
}

} // namespace skurd
