#include "report/observation_xlsx.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"

namespace skurd {

namespace {

/// The cells of one row, from the left; nothing is an empty one.
class XlsxCells final : public ColumnSink {
public:
    XlsxCells(XlsxWorkbook& out, int row) : out_(out), row_(row) {}

    void text(std::string_view text) override
    {
        if (!text.empty())
            out_.text(row_, column_, std::string(text));
        ++column_;
    }

    void number(const std::optional<Decimal>& number) override
    {
        if (number)
            out_.number(row_, column_, *number, {.number_format = decimals_format(number->scale())});
        ++column_;
    }

    void integer(const std::optional<std::int64_t>& number) override
    {
        if (number)
            out_.number(row_, column_, Decimal(*number, 0));
        ++column_;
    }

    void instant(const std::optional<Time>& time) override { text(time ? format_time(*time) : std::string()); }

private:
    static std::string decimals_format(int decimals)
    {
        return decimals > 0 ? "0." + std::string(static_cast<std::size_t>(decimals), '0') : "0";
    }

    XlsxWorkbook& out_;
    int row_;
    int column_ = 0;
};

} // namespace

ObservationXlsx::ObservationXlsx(const std::string& title, std::vector<std::string> dimensions, Time created)
    : table_(std::move(dimensions)), out_(title, created)
{
    out_.add_sheet(title);
    out_.freeze_above(1);
    int column = 0;
    for (const auto& each : table_.columns()) {
        out_.set_column_width(column, static_cast<int>(each.name.size()) + 2);
        out_.text(0, column++, each.name, {.bold = true, .rule = SheetStyle::Rule::light});
    }
}

void ObservationXlsx::add(const ObservationRow& row)
{
    if (rows_ == rows_max)
        throw usage_error("a sheet has {} rows, and these are more: select fewer, or export as Parquet or CSV",
                          rows_max);
    XlsxCells cells(out_, ++rows_);
    table_.put(row, cells);
}

std::string ObservationXlsx::bytes()
{
    if (rows_ > 0)
        out_.add_filter(0, rows_, static_cast<int>(table_.columns().size()));
    return out_.bytes();
}

} // namespace skurd
