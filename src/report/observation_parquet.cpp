#include "report/observation_parquet.hpp"

#include <charconv>

namespace skurd {

namespace {

double as_double(const std::string& digits)
{
    double number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

class ParquetColumns final : public ColumnSink {
public:
    explicit ParquetColumns(ParquetWriter& out) : out_(out) {}

    void text(std::string_view text) override { out_.add(text); }

    void number(const std::optional<Decimal>& number) override
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

    void integer(const std::optional<std::int64_t>& number) override
    {
        if (number)
            out_.add(*number);
        else
            out_.add_null();
    }

    void instant(const std::optional<Time>& time) override
    {
        if (time)
            out_.add(*time);
        else
            out_.add_null();
    }

private:
    ParquetWriter& out_;
};

std::vector<ParquetColumn> parquet_columns(const ObservationTable& table)
{
    using Kind = ObservationTable::Kind;
    std::vector<ParquetColumn> columns;
    for (const auto& [name, kind] : table.columns()) {
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

ObservationParquet::ObservationParquet(std::vector<std::string> dimensions, ParquetWriter::Sink sink)
    : table_(std::move(dimensions)), out_(parquet_columns(table_), std::move(sink))
{
}

void ObservationParquet::add(const ObservationRow& row)
{
    ParquetColumns columns(out_);
    table_.put(row, columns);
}

} // namespace skurd
