#include "report/observation_csv.hpp"

#include "base/time_text.hpp"

namespace skurd {

namespace {

/// Nothing is an empty field.
class CsvColumns final : public ColumnSink {
public:
    explicit CsvColumns(CsvWriter& out) : out_(out) {}

    void text(std::string_view text) override { out_.add(text); }
    void number(const std::optional<Decimal>& number) override { out_.add_number(number); }
    void integer(const std::optional<std::int64_t>& number) override
    {
        out_.add(number ? std::to_string(*number) : std::string());
    }
    void instant(const std::optional<Time>& time) override { out_.add(time ? format_time(*time) : std::string()); }

private:
    CsvWriter& out_;
};

} // namespace

ObservationCsv::ObservationCsv(CsvDialect dialect, std::vector<std::string> dimensions)
    : out_(dialect), table_(std::move(dimensions))
{
    for (const auto& column : table_.columns())
        out_.add(column.name);
    out_.end_row();
}

void ObservationCsv::add(const ObservationRow& row)
{
    CsvColumns columns(out_);
    table_.put(row, columns);
    out_.end_row();
}

} // namespace skurd
